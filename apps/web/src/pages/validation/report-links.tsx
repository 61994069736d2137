import { Button, Code, Group, Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { ReportButtons } from '../../definitions/report-buttons';
import { Section } from '../../shell/page';

interface Props {
  strategy: string;
  validation: components['schemas']['StrategyValidationDto'];
}

const HOW_TO_CHECK = [
  'assay data export SYMBOL --timeframe 1d --to bars.csv',
  'assay keys --pem > installation.pem',
  'assay verify evidence.json --bars bars.csv --public-key installation.pem',
].join('\n');

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
        <ReportButtons path={`/validation/strategies/${strategy}/report`} query={{ revision: String(revision) }} />
      )}
    </Section>
  );
}

/** Signed evidence, and how anybody checks it without this service. */
export function EvidenceLinks({ strategy, validation: { revision, gates_at: judged, status } }: Props) {
  if (judged === null) return null;
  const link = (of: 'judgement' | 'promotion'): string =>
    `/api/validation/strategies/${strategy}/evidence?${new URLSearchParams({ of, revision: String(revision) })}`;
  return (
    <Section title="Signed evidence">
      <Text size="sm" c="dimmed">
        Everything the verdicts follow from, signed by this installation: whoever has the bars can judge again to the
        same hash, without this service. A changed bar, trial, seed or version of the code is named.
      </Text>
      <Group>
        <Button component="a" variant="default" href={link('judgement')} download>
          Signed evidence (JSON)
        </Button>
        {status === 'promoted' && (
          <Button component="a" variant="default" href={link('promotion')} download>
            Evidence of the promotion (JSON)
          </Button>
        )}
      </Group>
      <Text size="sm">How to check it on the command line:</Text>
      <Code block>{HOW_TO_CHECK}</Code>
    </Section>
  );
}
