import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { formatCount, formatNumber } from '../../format/number';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import {
  alternativeText,
  evidenceRows,
  metricRows,
  sharpeRows,
  type EvidenceRow,
  type IntervalRow,
} from './interval-rows';
import { numberIn, textIn } from './metric-text';
import { intervalsQuery, metricsQuery } from './queries';

const columnsOf = (first: string, nameOf: (key: string) => string): Column<IntervalRow>[] => [
  { key: 'name', header: first, cell: ({ key }) => nameOf(key) },
  { key: 'value', header: 'Figure', align: 'right', cell: ({ value }) => value },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    cell: ({ interval, known }) =>
      known ? (
        interval
      ) : (
        <Text span size="xs" c="dimmed">
          {interval}
        </Text>
      ),
  },
  { key: 'error', header: 'Standard error', align: 'right', wide: true, cell: ({ error }) => error },
];

const EVIDENCE: Column<EvidenceRow>[] = [
  { key: 'formula', header: 'Formula', cell: ({ key }) => key },
  { key: 'probability', header: 'Probability above 0', align: 'right', cell: ({ probability }) => probability },
  { key: 'bars', header: 'Bars that 95 % need', align: 'right', cell: ({ leastBars }) => leastBars },
  { key: 'detectable', header: 'Told from 0 in 4 of 5', align: 'right', cell: ({ detectable }) => detectable },
  { key: 'power', header: 'Power', align: 'right', wide: true, cell: ({ power }) => power },
  {
    ...{ key: 'fdr', header: 'False discoveries', align: 'right', wide: true },
    cell: ({ falseDiscoveries }) => falseDiscoveries,
  },
];

const Nothing = () => <Empty title="No Sharpe ratio">The returns do not vary, so there is no ratio to judge.</Empty>;

/** How far the figures may lie from those of other histories of the same kind. */
export function IntervalsSection({ id }: { id: string }) {
  const [kind, setKind] = useState<'percentile' | 'bca'>('percentile');
  const query = useQuery(intervalsQuery(id, kind));
  const { data: catalogue } = useQuery(metricsQuery);
  const definition = (key: string) => catalogue?.find((metric) => metric.key === key);
  const few = query.isError && asProblem(query.error).code === 'insufficient_data';
  if (few) {
    return (
      <Empty title="Too few returns">
        Intervals need at least 20 scored bars. Run the backtest over a longer time, and they stand here.
      </Empty>
    );
  }
  return (
    <Section
      title="Intervals"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Kind of interval"
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
          data={[
            { value: 'percentile', label: 'Percentile' },
            { value: 'bca', label: 'Corrected (BCa)' },
          ]}
        />
      }
    >
      <QueryView query={query} lines={10}>
        {({ bootstrap, items, sharpe, warnings }) => (
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              The history was drawn anew {formatCount(numberIn(bootstrap, 'resamples'))} times in blocks of{' '}
              {formatNumber(numberIn(bootstrap, 'block'), 2)} bars ({textIn(bootstrap, 'scheme')} bootstrap). Of 100
              intervals made like this about 95 hold what the market would show in the long run, if it stays as it was.
              They do not know how many strategies were tried before this one.
            </Text>
            {warnings.map((warning) => (
              <Text key={warning} size="sm">
                {warning}
              </Text>
            ))}
            <DataTable
              label="Metrics with their intervals"
              columns={columnsOf('Metric', (key) => definition(key)?.name ?? key)}
              list={loadedList(metricRows(items, (key) => definition(key)?.unit))}
              rowKey={({ key }) => key}
              csv={`/api/backtests/${id}/intervals?format=csv&intervals=${kind}`}
              empty={<Empty title="No figure">No metric of this run has a value.</Empty>}
            />
            <DataTable
              label="Sharpe ratio of a year by how its error is told"
              columns={columnsOf('Sharpe ratio a year', (key) => key)}
              list={loadedList(sharpeRows(sharpe))}
              rowKey={({ key }) => key}
              empty={<Nothing />}
            />
            {sharpe && (
              <Stack gap="xs">
                <DataTable
                  label="What the record shows of a Sharpe ratio above 0"
                  columns={EVIDENCE}
                  list={loadedList(evidenceRows(sharpe))}
                  rowKey={({ key }) => key}
                  empty={<Nothing />}
                />
                <Text size="sm" c="dimmed">
                  The formulas are those of Bailey and Lopez de Prado (2012) and of Lopez de Prado, Lipton and Zoonekynd
                  (2026), which takes autocorrelation into account. Told from 0 in 4 of 5: the least true ratio a year
                  that a record of this length and shape tells from 0 with a probability of 80 %.{' '}
                  {alternativeText(sharpe)}
                </Text>
              </Stack>
            )}
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}
