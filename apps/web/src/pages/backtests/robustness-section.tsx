import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { asProblem } from '../../api/problem';
import { formatCount, formatNumber } from '../../format/number';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { DrawnRange } from './drawn-range';
import { metricText, numberIn } from './metric-text';
import { metricsQuery, monteCarloQuery, stressQuery, type Backtest } from './queries';
import {
  luckMethods,
  stressedRows,
  stressNotes,
  type LuckMethod,
  type LuckRow,
  type StressedRow,
} from './robustness-rows';

const STRESSED = ['total_return', 'sharpe_ratio', 'max_drawdown', 'trade_count'];

interface Words {
  nameOf: (key: string) => string;
  textOf: (key: string) => (value: number | null) => string;
}

const stressColumns = ({ nameOf, textOf }: Words): Column<StressedRow>[] => [
  { key: 'scenario', header: 'If', cell: ({ name }) => name },
  ...STRESSED.map((key): Column<StressedRow> => ({
    ...{ key, header: nameOf(key), align: 'right', wide: key === 'trade_count' },
    cell: ({ metrics }) => textOf(key)(numberIn(metrics, key)),
  })),
];

const luckColumns = ({ nameOf, textOf }: Words): Column<LuckRow>[] => [
  { key: 'metric', header: 'Metric', cell: ({ metric }) => nameOf(metric) },
  { key: 'observed', header: 'The run', align: 'right', cell: ({ metric, observed }) => textOf(metric)(observed) },
  {
    ...{ key: 'median', header: 'Middle', align: 'right' },
    cell: ({ metric, median }) => textOf(metric)(median),
  },
  {
    ...{ key: 'range', header: '90 % of the draws', align: 'right' },
    cell: ({ metric, quantiles }) =>
      quantiles === null ? '–' : `${textOf(metric)(quantiles[0])} to ${textOf(metric)(quantiles[4])}`,
  },
  {
    ...{ key: 'worst', header: 'Worst', align: 'right', wide: true },
    cell: ({ metric, worst }) => textOf(metric)(worst),
  },
  {
    ...{ key: 'picture', header: 'Where the run stands', wide: true },
    cell: ({ metric, ...row }) => <DrawnRange label={nameOf(metric)} text={textOf(metric)} {...row} />,
  },
  {
    ...{ key: 'as_good', header: 'As good by chance', align: 'right' },
    cell: ({ asGood }) => formatNumber(asGood, 3),
  },
];

function Luck({ method, words }: { method: LuckMethod; words: Words }) {
  return (
    <Stack gap="xs">
      <Text fw={600}>{method.title}</Text>
      <Text size="sm" c="dimmed">
        {method.what}{' '}
        {method.why === null && `${formatCount(method.draws)} ${method.method === 'neighbours' ? 'choices' : 'draws'}.`}
      </Text>
      {method.why === null ? (
        <DataTable
          label={method.title}
          columns={luckColumns(words)}
          list={loadedList(method.rows)}
          rowKey={({ metric }) => metric}
          empty={<Empty title="Nothing drawn">No figure of the draws is defined.</Empty>}
        />
      ) : (
        <Text size="sm">Nothing was drawn. {method.why}</Text>
      )}
    </Stack>
  );
}

/** What the run would have been under worse circumstances, and with other luck. */
export function RobustnessSection({ backtest: { id, costs } }: { backtest: Backtest }) {
  const stress = useQuery(stressQuery(id));
  const luck = useQuery(monteCarloQuery(id));
  const { data: catalogue } = useQuery(metricsQuery);
  const definition = (key: string) => catalogue?.find((metric) => metric.key === key);
  const words: Words = {
    nameOf: (key) => definition(key)?.name ?? key,
    textOf: (key) => (value) => metricText(value, definition(key)?.unit),
  };
  if (luck.isError && asProblem(luck.error).code === 'insufficient_data')
    return (
      <Empty title="Too few returns">
        At least 20 scored bars are needed. Run the backtest over a longer time, and the answers stand here.
      </Empty>
    );
  return (
    <Stack gap="xl">
      <Section title="Under worse circumstances">
        <Text size="sm" c="dimmed">
          The same bars were run again. A strategy that is good only with these costs, at these closes, is not yet one
          to trade.
        </Text>
        <QueryView query={stress} lines={7}>
          {({ items }) => (
            <DataTable
              label="The run under worse circumstances"
              columns={stressColumns(words)}
              list={loadedList(stressedRows(items))}
              rowKey={({ key }) => key}
              csv={`/api/backtests/${id}/stress?format=csv`}
              empty={<Empty title="No scenario">The service answered none.</Empty>}
            />
          )}
        </QueryView>
        {stressNotes(costs).map((note) => (
          <Text key={note} size="sm" role="note">
            {note}
          </Text>
        ))}
      </Section>
      <Section title="With other luck">
        <QueryView query={luck} lines={12}>
          {({ methods }) => (
            <Stack gap="lg">
              {luckMethods(methods).map((method) => (
                <Luck key={method.method} method={method} words={words} />
              ))}
            </Stack>
          )}
        </QueryView>
      </Section>
    </Stack>
  );
}
