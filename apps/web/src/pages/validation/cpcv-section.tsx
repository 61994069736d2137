import { SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { components } from '../../api/generated/research';
import { EChart } from '../../charts/e-chart';
import { fan, fanTable } from '../../charts/fan';
import { binsOf, histogram, histogramTable } from '../../charts/histogram';
import { usePalette } from '../../charts/palette';
import { formatCount, formatNumber } from '../../format/number';
import { Section } from '../../shell/page';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Facts } from '../../values/facts';
import { Figure } from '../../values/figure';
import { Percent } from '../../values/percent';
import { fanOf, figuresOf } from './courses';
import { PathMetricsTable } from './path-metrics-table';
import { RunState } from './run-state';
import { listIn, numberIn, recordIn, rowsOf } from './spans';
import { SpansPicture } from './spans-picture';
import { gateNamed, verdictsOf } from './verdicts';

type Path = Record<string, unknown> & { number: number };

interface Props {
  validation: components['schemas']['StrategyValidationDto'];
}

const COLUMNS: Column<Path>[] = [
  { key: 'path', header: 'Path', cell: (row) => row.number },
  {
    key: 'sharpe',
    header: 'Sharpe',
    align: 'right',
    cell: (row) => <Figure value={numberIn(row, 'sharpe')} digits={3} />,
    sortBy: (row) => numberIn(row, 'sharpe'),
  },
  {
    key: 'return',
    header: 'Return',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'total_return')} change />,
    sortBy: (row) => numberIn(row, 'total_return'),
  },
  {
    key: 'fall',
    header: 'Deepest fall',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'max_drawdown')} />,
    sortBy: (row) => numberIn(row, 'max_drawdown'),
  },
];

const text = (value: number): string => formatNumber(value, 3);

/** The newest CPCV: every path through the time that was put together of blocks judged out of sample. */
export function CpcvSection({ validation }: Props) {
  const run = validation.cpcv;
  const threshold = gateNamed(verdictsOf(validation.gates), 'cpcv_sharpe')?.threshold ?? null;
  return (
    <Section title="Combinatorial purged cross-validation">
      <RunState run={run} name="CPCV">
        {(result) => {
          const splits = listIn(result, 'splits');
          const paths = listIn(result, 'paths').map(
            (path, index) => ({ ...(path as object), number: index + 1 }) as Path,
          );
          const summary = recordIn(result, 'summary');
          const picture = rowsOf(splits, (index) => `Split ${index + 1}`);
          return (
            <>
              {run && !run.policy_layout && (
                <Text size="sm">! Another layout than that of the policies: it is no evidence for the gates.</Text>
              )}
              <Facts
                facts={[
                  ['Splits', formatCount(numberIn(summary, 'splits'))],
                  ['Paths', formatCount(numberIn(summary, 'paths'))],
                  ['Mean Sharpe out of sample', formatNumber(numberIn(summary, 'mean_oos_sharpe'), 3)],
                  ['Bars of the shortest group', formatCount(numberIn(summary, 'min_group_bars'))],
                  ['Embargo, bars', formatCount(numberIn(recordIn(result, 'layout'), 'embargo'))],
                ]}
              />
              <Pictures result={result} splits={splits} threshold={threshold} />
              <DataTable
                label="Paths"
                columns={COLUMNS}
                list={loadedList(paths)}
                rowKey={(row) => String(row.number)}
                empty={null}
              />
              <PathMetricsTable result={result} />
              {picture && <SpansPicture label="Time on which each split was fitted and judged" {...picture} />}
            </>
          );
        }}
      </RunState>
    </Section>
  );
}

interface PicturesProps {
  result: Record<string, unknown>;
  splits: unknown[];
  threshold: number | null;
}

function Pictures({ result, splits, threshold }: PicturesProps) {
  const palette = usePalette();
  const courses = useMemo(() => fanOf(result), [result]);
  const sharpes = useMemo(() => figuresOf(splits, 'oos_sharpe'), [splits]);
  const fanOption = useMemo(() => courses && fan(courses, palette, text), [courses, palette]);
  const data = useMemo(
    () => ({
      bins: binsOf(sharpes),
      valueName: 'Sharpe ratio out of sample of a split',
      lines: threshold === null ? [] : [{ value: threshold, name: 'mean must reach' }],
    }),
    [sharpes, threshold],
  );
  const histogramOption = useMemo(() => histogram(data, palette, text), [data, palette]);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      {courses && fanOption && (
        <EChart
          label="Equity of the paths: each, their middle and their range"
          option={fanOption}
          table={() => fanTable(courses, text)}
        />
      )}
      {sharpes.length > 0 && (
        <EChart
          label={`Sharpe ratio of the ${sharpes.length} splits`}
          option={histogramOption}
          table={() => histogramTable(data, text)}
        />
      )}
    </SimpleGrid>
  );
}
