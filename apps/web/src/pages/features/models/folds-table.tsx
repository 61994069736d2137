import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../format/number';
import { formatTime } from '../../../format/time';
import { isDaily } from '../../../format/timeframe';
import { QueryView } from '../../../states/query-view';
import { loadedList } from '../../../tables/cursor-list';
import { DataTable, type Column } from '../../../tables/data-table';
import { Figure } from '../../../values/figure';
import { Time } from '../../../values/time';
import { InputBars } from './input-bars';
import { foldBars, metricNames, nameOfMetric } from './model-metrics';
import { foldsQuery, type Fold } from './queries';

type Numbered = Fold & { number: number };

/** Why there are no folds, in words. */
const REASONS = {
  not_fitted: 'It is not fitted yet.',
  not_judged: 'It was not judged on rows that it was not fitted on: train it with folds to have that.',
  not_kept:
    'This fit was made before its folds were kept: the means above are all there is. Train it again to see them.',
} as const;

interface Props {
  model: string;
  /** The fit that is shown: of another one the folds are others. */
  artifact: string;
  timeframe: string;
}

/** How the fit did in each of its folds: a mean of 0.55 may be 0.55 five times, or 0.9 once. */
export function FoldsTable({ model, artifact, timeframe }: Props) {
  const folds = useQuery(foldsQuery(model, artifact));
  return (
    <QueryView query={folds} lines={4}>
      {({ reason, items }) =>
        reason !== null ? (
          <Text size="sm" c="dimmed">
            {REASONS[reason]}
          </Text>
        ) : (
          <Stack gap="xs">
            <DataTable
              label="The fit fold by fold"
              columns={columnsOf(items, timeframe)}
              list={loadedList(items.map((fold, index) => ({ ...fold, number: index + 1 })))}
              rowKey={(row) => String(row.number)}
              minWidth={640}
              empty={null}
            />
            {foldBars(items).length > 0 && (
              <InputBars
                label="IC of each fold"
                valueName="Rank correlation of prediction and label"
                rows={foldBars(items)}
                note="In the order of time; 0 tells nothing, below 0 it says the wrong way round. What holds in one fold alone is luck more likely than skill."
              />
            )}
            <Group>
              <Button component="a" variant="default" size="xs" href={`/api/models/${model}/folds?format=csv`} download>
                Folds as CSV
              </Button>
            </Group>
          </Stack>
        )
      }
    </QueryView>
  );
}

function columnsOf(folds: readonly Fold[], timeframe: string): Column<Numbered>[] {
  const at = (time: string) =>
    isDaily(timeframe) ? formatTime(time, { zone: 'UTC', detail: 'date' }) : <Time value={time} />;
  return [
    { key: 'fold', header: 'Fold', cell: (row) => row.number, sortBy: (row) => row.number },
    {
      key: 'judged',
      header: 'Judged on',
      cell: (row) => (
        <Text size="sm" span className="figure">
          {at(row.from)} – {at(row.to)}
        </Text>
      ),
    },
    { key: 'rows', header: 'Rows', align: 'right', cell: (row) => formatCount(row.rows) },
    { key: 'fitted', header: 'Fitted on', align: 'right', cell: (row) => formatCount(row.fitted_rows), wide: true },
    ...metricNames(folds).map((name): Column<Numbered> => ({
      key: name,
      header: nameOfMetric(name),
      align: 'right',
      cell: (row) => (row.metrics === null ? 'No model' : <Figure value={row.metrics[name]} />),
      sortBy: (row) => row.metrics?.[name] ?? null,
    })),
    ...(folds.some(({ selected }) => selected)
      ? [{ key: 'selected', header: 'Inputs', cell: (row: Numbered) => row.selected?.join(', ') ?? 'None' }]
      : []),
  ];
}
