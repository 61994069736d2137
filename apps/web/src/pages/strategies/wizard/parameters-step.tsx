import { Alert, NumberInput, Paper, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Section } from '../../../shell/page';
import { Facts } from '../facts';
import { readDocument } from '../words/read-document';
import { documentOf, draftProblems, shortSeriesWarning, suggestedName, templateOf, type Draft } from './draft';

interface Props {
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
}

export function ParametersStep({ draft, onChange }: Props) {
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
