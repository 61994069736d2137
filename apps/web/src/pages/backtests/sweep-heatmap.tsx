import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answer, research } from '../../api/clients';
import { EChart } from '../../charts/e-chart';
import { heatCells, heatmap, heatTable, type HeatmapData } from '../../charts/heatmap';
import { usePalette } from '../../charts/palette';
import { formatNumber, formatPercent } from '../../format/number';
import { QueryView } from '../../states/query-view';
import { cellAt, placeOf } from './cells';
import type { LeaderCell } from './queries';

const METRICS = [
  { value: 'sharpe', label: 'Sharpe' },
  { value: 'plateau', label: 'With neighbours' },
  { value: 'total_return', label: 'Return' },
  { value: 'max_drawdown', label: 'Deepest fall' },
] as const;
type Metric = (typeof METRICS)[number]['value'];

const isFraction = (metric: Metric) => metric === 'total_return' || metric === 'max_drawdown';

interface Props {
  job: string;
  x: string;
  y: string;
  /** What the parameters are called. */
  names: ReadonlyMap<string, string>;
  cells: readonly LeaderCell[];
  /** Best judged with its neighbours. */
  steady: LeaderCell | null;
  onChoose: (cell: LeaderCell) => void;
}

/** A figure over two parameters; the best and the steadiest cell are framed, and a click leads to a strategy. */
export function SweepHeatmap({ job, x, y, names, cells, steady, onChoose }: Props) {
  const [metric, setMetric] = useState<Metric>('sharpe');
  const palette = usePalette();
  const query = useQuery({
    queryKey: ['sweep', job, 'matrix', x, y, metric],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/backtests/sweeps/{job_id}/matrix', {
          params: { path: { job_id: job }, query: { x, y, metric, reduce: metric === 'max_drawdown' ? 'min' : 'max' } },
          signal,
        }),
      ),
    staleTime: Infinity,
    refetchInterval: false,
  });
  const matrix = query.data;
  const data = useMemo((): HeatmapData | undefined => {
    if (!matrix) return undefined;
    const axis = ({ path, values }: { path: string; values: readonly unknown[] }) => ({
      name: names.get(path) ?? path,
      values: values.map((value) => (typeof value === 'number' ? formatNumber(value, 6) : String(value))),
    });
    const mark = (cell: LeaderCell | null | undefined) => {
      const place = cell && placeOf(cell, matrix.x, matrix.y);
      return place ? [place] : [];
    };
    return {
      x: axis(matrix.x),
      y: axis(matrix.y),
      values: matrix.values as (number | null)[][],
      valueName: METRICS.find(({ value }) => value === metric)!.label,
      marked: [...mark(cells[0]), ...mark(steady)],
    };
  }, [matrix, metric, names, cells, steady]);
  const text = useMemo(
    () => (value: number) => (isFraction(metric) ? formatPercent(value, 1) : formatNumber(value, 3)),
    [metric],
  );
  const option = useMemo(() => data && heatmap(data, palette, text), [data, palette, text]);
  const choose = (index: number) => {
    const place = matrix && heatCells(matrix.values as (number | null)[][])[index];
    if (!place) return;
    const cell = cellAt(
      cells,
      { path: x, value: matrix.x.values[place[0]] },
      { path: y, value: matrix.y.values[place[1]] },
    );
    if (cell) onChoose(cell);
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Figure"
        value={metric}
        onChange={(value) => setMetric(value as Metric)}
        data={METRICS.map((entry) => ({ ...entry }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <QueryView query={query} lines={6}>
        {() =>
          data &&
          option && (
            <EChart
              label={`${data.valueName} by ${data.x.name} and ${data.y.name}`}
              option={option}
              table={() => heatTable(data, text)}
              height={Math.max(320, Math.min(640, 130 + 34 * data.y.values.length))}
              onSelect={choose}
              note="Framed: the best cell, and the best judged with its neighbours. A click on a cell makes a strategy of it; the leaderboard does the same by keyboard."
            />
          )
        }
      </QueryView>
      {data && data.values.every((row) => row.every((value) => value === null)) && (
        <Text size="sm">No cell has this figure.</Text>
      )}
    </>
  );
}
