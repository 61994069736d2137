import { Alert, NumberInput, Paper, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Section } from '../../../shell/page';
import { Facts } from '../facts';
import { readDocument } from '../words/read-document';
import {
  documentOf,
  draftProblems,
  isSameVersion,
  shortSeriesWarning,
  suggestedName,
  templateOf,
  type Draft,
} from './draft';

interface Props {
  draft: Draft;
  /** What was tested before, where the strategy is there already. */
  before: Draft | null;
  onChange: (changes: Partial<Draft>) => void;
}

/** What testing the draft makes of a strategy that is there. */
function nextWords(before: Draft, draft: Draft): string {
  if (before.series !== draft.series || before.template !== draft.template)
    return 'Other bars or another idea make another strategy; the one that was tested stays as it is.';
  if (Object.keys(draftProblems(draft)).length === 0 && isSameVersion(before, draft))
    return 'These numbers were tested. Change one to make the next version, or test the same again.';
  return 'Testing them makes the next version of the same strategy. The versions before stay as they were tested, and every one that was tried counts as a trial when the gates judge it.';
}

export function ParametersStep({ draft, before, onChange }: Props) {
  const template = templateOf(draft)!;
  const problems = draftProblems(draft);
  const warning = shortSeriesWarning(draft);
  const facts =
    Object.keys(problems).length === 0
      ? readDocument(JSON.stringify(documentOf(draft, '00000000-0000-7000-8000-000000000000')))?.facts
      : undefined;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {template.fields.map((field) => (
          <NumberInput
            key={field.key}
            label={field.unit ? `${field.label} (${field.unit})` : field.label}
            description={field.explains}
            value={draft.values[field.key] ?? field.initial}
            onChange={(value) => onChange({ values: { ...draft.values, [field.key]: value } })}
            min={field.min}
            max={field.max}
            step={field.step}
            allowDecimal={!field.whole}
            clampBehavior="none"
            error={problems[field.key]}
          />
        ))}
        <Stack gap={4}>
          <Text size="sm" fw={500} id="sides">
            Sides
          </Text>
          <Text size="xs" c="dimmed">
            Selling short earns when the price falls, and costs when it rises: most markets rise more often.
          </Text>
          <SegmentedControl
            aria-labelledby="sides"
            value={draft.longOnly ? 'long' : 'both'}
            onChange={(value) => onChange({ longOnly: value === 'long' })}
            data={[
              { value: 'long', label: 'Long only' },
              { value: 'both', label: 'Long and short' },
            ]}
          />
        </Stack>
        <Select
          label="Size of a position"
          description="Steady risk holds less when the market is wild."
          value={draft.size}
          onChange={(value) => onChange({ size: value === 'steady' ? 'steady' : 'all' })}
          allowDeselect={false}
          data={[
            { value: 'all', label: 'All of the capital' },
            { value: 'steady', label: 'Steady risk: 10 % a year' },
          ]}
        />
        <NumberInput
          label="Stop loss (% of the entry price, optional)"
          description="Closes a position that has lost this much. It is tested as it would trade."
          placeholder="none"
          value={draft.stopLoss}
          onChange={(stopLoss) => onChange({ stopLoss })}
          min={0}
          max={99}
          clampBehavior="none"
          error={problems.stopLoss}
        />
        <TextInput
          label="Name"
          description="Can be changed later."
          placeholder={suggestedName(draft)}
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </SimpleGrid>
      {before && (
        <Alert color="blue" variant="light" title="Once more">
          {nextWords(before, draft)}
        </Alert>
      )}
      {warning && (
        <Alert color="yellow" variant="light" title="A short series">
          {warning}
        </Alert>
      )}
      {facts && (
        <Section title="What this means">
          <Paper withBorder p="md">
            <Facts facts={facts} />
          </Paper>
        </Section>
      )}
    </Stack>
  );
}
