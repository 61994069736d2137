import { Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { formatNumber, formatPercent } from '../../format/number';
import { formatTime } from '../../format/time';
import { Section } from '../../shell/page';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Facts } from '../../values/facts';
import { Percent } from '../../values/percent';
import { FOLD_COLUMNS } from './fold-columns';
import { RunState } from './run-state';
import { listIn, numberIn, recordIn, rowsOf, spanOf } from './spans';
import { SpansPicture } from './spans-picture';

type Fold = Record<string, unknown> & { number: number };

const spanText = (span: [number, number] | null): string =>
  span ? span.map((time) => formatTime(time, { zone: 'UTC', detail: 'date' })).join(' to ') : '–';

const Span = ({ of }: { of: unknown }) => <span className="one-line">{spanText(spanOf(of))}</span>;

const COLUMNS: Column<Fold>[] = [
  { key: 'fold', header: 'Fold', cell: (row) => row.number },
  { key: 'train', header: 'Fitted on', cell: (row) => <Span of={row.train} />, wide: true },
  { key: 'test', header: 'Judged on', cell: (row) => <Span of={row.test} /> },
  ...FOLD_COLUMNS,
  {
    key: 'fall',
    header: 'Deepest fall',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'oos_max_drawdown')} />,
    wide: true,
  },
];

/** The folds of the newest walk-forward: what was fitted where, judged where, and with what figures. */
export function WalkForwardSection({ run }: { run: components['schemas']['ValidationRunDto'] | null }) {
  return (
    <Section title="Walk-forward">
      <RunState run={run} name="walk-forward">
        {(result) => {
          const folds = listIn(result, 'folds').map(
            (fold, index) => ({ ...(fold as object), number: index + 1 }) as Fold,
          );
          const picture = rowsOf(folds, (index) => `Fold ${index + 1}`);
          const summary = recordIn(result, 'summary');
          const isOfMarkets = summary?.ratio_tells === 'regime_change';
          return (
            <>
              {run && !run.policy_layout && (
                <Text size="sm">! Another layout than that of the policies: it is no evidence for the gates.</Text>
              )}
              <Facts
                facts={[
                  ['Mean Sharpe in sample', formatNumber(numberIn(summary, 'mean_is_sharpe'), 3)],
                  ['Mean Sharpe out of sample', formatNumber(numberIn(summary, 'mean_oos_sharpe'), 3)],
                  [
                    isOfMarkets ? 'Regime change' : 'Overfitting ratio',
                    formatNumber(numberIn(summary, 'overfitting_ratio'), 3),
                  ],
                  ['Profitable folds', formatPercent(numberIn(summary, 'profitable_folds'), 0)],
                  ['Mean deepest fall', formatPercent(numberIn(summary, 'mean_oos_max_drawdown'))],
                ]}
              />
              {isOfMarkets && (
                <Text size="sm" c="dimmed">
                  Fixed rules were chosen and fitted on none of the training windows: what the Sharpe ratio out of
                  sample lacks against the one before it (the overfitting ratio of the gates) is a change of the market.
                </Text>
              )}
              {picture && (
                <SpansPicture
                  label="Time on which each fold was fitted and judged; the same stands in the table"
                  {...picture}
                />
              )}
              <DataTable
                label="Folds"
                columns={COLUMNS}
                list={loadedList(folds)}
                rowKey={(row) => String(row.number)}
                minWidth={640}
                empty={null}
              />
            </>
          );
        }}
      </RunState>
    </Section>
  );
}
