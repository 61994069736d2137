import { Code, Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { isDaily } from '../../../format/timeframe';
import { formatTime } from '../../../format/time';
import { inWords, plural } from '../../../format/words';
import { Section } from '../../../shell/page';
import { Facts } from '../../../values/facts';
import { Figure } from '../../../values/figure';
import { Time } from '../../../values/time';
import { FoldsTable } from './folds-table';
import { InputBars } from './input-bars';
import { foldsOf, furtherFigures, inputRows, metricRows, type ModelMetrics } from './model-metrics';
import type { Model } from './queries';

type Artifact = NonNullable<Model['artifact']>;

function Metrics({ metrics }: { metrics: ModelMetrics }) {
  const rows = metricRows(metrics);
  const folds = foldsOf(metrics);
  if (rows.length === 0) return null;
  return (
    <Stack gap={4}>
      <Table aria-label="Metrics of the fit" verticalSpacing={4} maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Metric</Table.Th>
            <Table.Th scope="col" ta="right">
              In sample
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Out of sample
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, name, explains, inSample, outOfSample }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                {name}
                <Text size="xs" c="dimmed">
                  {explains}
                </Text>
              </Table.Th>
              <Table.Td ta="right">
                <Figure value={inSample} />
              </Table.Td>
              <Table.Td ta="right">
                <Figure value={outOfSample} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {folds > 0
          ? `Means over ${plural(folds, 'fold')} of the training range, each judged by a fit on the others without the rows whose labels reach into it.`
          : 'It was not judged on rows that it was not fitted on: train it with folds to have that.'}
      </Text>
    </Stack>
  );
}

/** The newest fitted or imported artifact: what it was fitted on, what it is worth, and what it goes by. */
export function FitSection({ model, artifact, imported }: { model: string; artifact: Artifact; imported: boolean }) {
  const { metrics } = artifact;
  // daily bars are dated by their market and stamped 00:00Z of that date
  const barTime = (time: string) =>
    isDaily(artifact.timeframe) ? formatTime(time, { zone: 'UTC', detail: 'date' }) : <Time value={time} />;
  const [importance, coefficients, gains, scores, chosen] = useMemo(
    () => [
      inputRows(metrics, 'importance'),
      inputRows(metrics, 'coefficient'),
      inputRows(metrics, 'gain_share'),
      inputRows(metrics, 'selection_score'),
      inputRows(metrics, 'oos_selected'),
    ],
    [metrics],
  );
  return (
    <Section title={imported ? 'Imported model' : 'Newest fit'}>
      <Facts
        facts={[
          ['Bars', `${artifact.symbol} ${artifact.timeframe} from ${artifact.source}`],
          [imported ? 'Training began, as stated' : 'First bar of the fit', barTime(artifact.train_start)],
          [imported ? 'Training ended, as stated' : 'Last bar of the fit', barTime(artifact.train_end)],
          ['Revision of the model', artifact.model_revision],
          [imported ? 'Imported' : 'Fitted', <Time key="made" value={artifact.created_at} />],
          ...furtherFigures(metrics).map(
            ([name, value]) =>
              [inWords(name.replace(/^oob_/, 'out of bag ')), <Figure key={name} value={value} />] as const,
          ),
        ]}
      />
      <Text size="sm">
        Hash of the artifact (SHA-256){' '}
        <Code className="breaks" fz="xs">
          {artifact.artifact_sha256}
        </Code>
      </Text>
      {imported && (
        <Text size="sm" c="dimmed">
          When its training ended is what whoever imported it stated: nothing in the file says it. Bars up to then are
          never scored.
        </Text>
      )}
      <Metrics metrics={metrics} />
      {foldsOf(metrics) > 0 && <FoldsTable model={model} artifact={artifact.id} timeframe={artifact.timeframe} />}
      {scores.length > 0 && (
        <InputBars
          label="Scores of the inputs"
          valueName="Score"
          rows={scores}
          note={`By the rows of this fit, which reads ${scores
            .filter(({ name }) => metrics[`selected.${name}`] === 1)
            .map(({ name }) => name)
            .join(', ')}.`}
        />
      )}
      {chosen.length > 0 && (
        <InputBars
          label="How often an input was chosen"
          valueName="Part of the folds"
          rows={chosen}
          note="By the fits of the folds, each on its own rows; what some choose and others do not is likely to be chance."
        />
      )}
      {importance.length > 0 && (
        <InputBars
          label="Permutation importance"
          valueName="Rise of the loss"
          rows={importance}
          note="By how much the loss on unseen rows rises when the input's values are shuffled among them; at or below 0 the model does as well without it."
        />
      )}
      {coefficients.length > 0 && (
        <InputBars
          label="Coefficients"
          valueName="Of the standardised input"
          rows={coefficients}
          note="Of inputs brought to deviation 1; above 0 the prediction rises with the input."
        />
      )}
      {gains.length > 0 && (
        <InputBars
          label="Share of the gain in the trees"
          valueName="Share"
          rows={gains}
          note="By how much splits on the input lowered the loss on the training rows; what was fitted to noise counts too."
        />
      )}
    </Section>
  );
}
