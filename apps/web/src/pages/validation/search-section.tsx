import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { components } from '../../api/generated/research';
import { SeriesChart } from '../../charts/series-chart';
import { formatCount, formatNumber, formatPercent } from '../../format/number';
import { formatTime } from '../../format/time';
import { asSentence, inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Facts } from '../../values/facts';
import { Percent } from '../../values/percent';
import { shortNames } from '../backtests/sweep-params';
import { chosenFolds, foldBounds, stitchedCourses, tracksOf, type ChosenFold } from './chosen';
import { FOLD_COLUMNS } from './fold-columns';
import { RunState } from './run-state';
import { numberIn, recordIn, spanOf } from './spans';
import { TracksPicture } from './tracks-picture';

const testOf = (fold: ChosenFold): string =>
  (spanOf(fold.test) ?? []).map((time) => formatTime(time, { zone: 'UTC', detail: 'date' })).join(' to ');

function columnsOf(names: ReadonlyMap<string, string>): Column<ChosenFold>[] {
  return [
    { key: 'fold', header: 'Fold', cell: (row) => row.number },
    { key: 'test', header: 'Traded', cell: (row) => <span className="one-line">{testOf(row)}</span> },
    ...[...names].map(([path, name]): Column<ChosenFold> => ({
      key: path,
      header: asSentence(name),
      align: 'right',
      cell: (row) => {
        const value = recordIn(row, 'params')?.[path];
        return value === undefined ? '–' : String(value);
      },
    })),
    ...FOLD_COLUMNS,
    {
      key: 'beaten',
      header: 'Cells that did better',
      align: 'right',
      cell: (row) => <Percent fraction={numberIn(row, 'oos_beaten')} />,
      wide: true,
    },
    {
      key: 'regime',
      header: 'Market',
      cell: (row) => {
        const words = recordIn(row, 'regime')?.words;
        return typeof words === 'string' ? asSentence(words) : '–';
      },
      wide: true,
    },
  ];
}

/** The newest walk-forward that chose parameters anew: what each fold chose, what came of it, and how steady the choice was. */
export function SearchSection({ run }: { run: components['schemas']['ValidationRunDto'] | null }) {
  return (
    <Section title="Walk-forward with a choice in every fold">
      <RunState run={run} name="search in folds">
        {(result) => <Chosen result={result} />}
      </RunState>
    </Section>
  );
}

function Chosen({ result }: { result: Record<string, unknown> }) {
  const folds = useMemo(() => chosenFolds(result), [result]);
  const tracks = useMemo(() => tracksOf(result), [result]);
  const names = useMemo(() => shortNames(tracks.map(({ path }) => path)), [tracks]);
  const series = useMemo(() => {
    const courses = stitchedCourses(result);
    const bounds = foldBounds(result);
    return courses && (bounds ? [...courses, bounds] : courses);
  }, [result]);
  const [summary, stability] = [recordIn(result, 'summary'), recordIn(result, 'stability')];
  const metrics = recordIn(recordIn(result, 'stitched'), 'metrics');
  const best = recordIn(recordIn(result, 'best'), 'params');
  const by = summary?.by;
  return (
    <>
      <Text size="sm" c="dimmed">
        In each fold the best of {formatCount(numberIn(summary, 'cells'))} cells by{' '}
        {typeof by === 'string' ? inWords(by).toLowerCase() : 'its figure'} on the training window was traded in the
        test window after it. Every cell counts as a trial; the result itself is no evidence for the gates.
      </Text>
      <Facts
        facts={[
          ['Newest choice', best ? [...names].map(([path, name]) => `${name} ${String(best[path])}`).join(', ') : '–'],
          ['Mean Sharpe in sample', formatNumber(numberIn(summary, 'mean_is_sharpe'), 3)],
          ['Mean Sharpe out of sample', formatNumber(numberIn(summary, 'mean_oos_sharpe'), 3)],
          ['Overfitting ratio', formatNumber(numberIn(summary, 'overfitting_ratio'), 3)],
          ['Return of all folds', formatPercent(numberIn(metrics, 'total_return'))],
          ['Sharpe of all folds', formatNumber(numberIn(metrics, 'sharpe_ratio'), 3)],
          ['Deepest fall of all folds', formatPercent(numberIn(metrics, 'max_drawdown'))],
          ['Folds with the same choice', formatPercent(numberIn(stability, 'same_choice'), 0)],
          ['Mean distance between choices', formatPercent(numberIn(stability, 'mean_distance'), 0)],
          ['Trials of the strategy after it', formatCount(numberIn(result, 'trials'))],
        ]}
      />
      {series && (
        <SeriesChart label="Equity of the test windows after each other, out of sample" series={series} daily />
      )}
      {tracks.length > 0 && <TracksPicture tracks={tracks} names={names} />}
      <DataTable
        label="Choice of each fold"
        columns={columnsOf(names)}
        list={loadedList(folds)}
        rowKey={(row) => String(row.number)}
        minWidth={720}
        empty={null}
      />
    </>
  );
}
