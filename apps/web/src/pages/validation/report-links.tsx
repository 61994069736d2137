import { Button, Group, Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { Section } from '../../shell/page';

interface Props {
  strategy: string;
  validation: components['schemas']['StrategyValidationDto'];
}

const FORMATS = [
  { format: 'html', name: 'As a page to print (HTML)' },
  { format: 'json', name: 'As data (JSON)' },
] as const;

/** The verdicts with all that they rest on as a file; the service makes it once a validation has completed. */
export function ReportLinks({ strategy, validation: { revision, walk_forward: walk, cpcv, gates_at: judged } }: Props) {
  const isThere = judged !== null || walk?.status === 'completed' || cpcv?.status === 'completed';
  return (
    <Section title="Report">
      <Text size="sm" c="dimmed">
        {isThere
          ? 'One document that stands by itself: verdicts, thresholds, figures and pictures, with the hashes of the recipe, the bars, the model and the evidence.'
          : 'There is a report once walk-forward or CPCV has completed.'}
      </Text>
      {isThere && (
        <Group>
          {FORMATS.map(({ format, name }) => (
            <Button
              key={format}
              component="a"
              variant="default"
              href={`/api/validation/strategies/${strategy}/report?${new URLSearchParams({ format, revision: String(revision) })}`}
              download
            >
              {name}
            </Button>
          ))}
        </Group>
      )}
    </Section>
  );
}
