import { Alert, Box, Text } from '@mantine/core';
import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../format/number';
import { formatTime, userZone } from '../format/time';
import { ProblemAlert } from '../states/problem-alert';
import { Attribution } from './attribution';
import { pointFaultOf } from './bars';
import { ChartFrame } from './chart-frame';
import { Legend } from './legend';
import { usePalette } from './palette';
import type { ChartSeries, SeriesCanvas } from './series-canvas';
import { seriesTable } from './series-table';
import { useCanvas } from './use-canvas';

interface Props {
  label: string;
  series: readonly ChartSeries[];
  /** Bars of a day and longer are told by the date that they are stamped with. */
  daily?: boolean;
  height?: number;
}

let drawings = 0;
const names = new WeakMap<readonly ChartSeries[], string>();

/** The same series have the same name: a drawing is made anew for others alone. */
function nameOf(series: readonly ChartSeries[]): string {
  const known = names.get(series) ?? String(++drawings);
  names.set(series, known);
  return known;
}

/** Lines over time, in panes one below the other. Keep `series` the same between renders (useMemo): another one is drawn anew. */
export function SeriesChart({ label, series, daily = false, height = 320 }: Props) {
  const palette = usePalette();
  const zone = daily ? 'UTC' : userZone();
  const fault = useMemo(
    () => series.map(({ name, points }) => pointFaultOf(points) && `${name}: ${pointFaultOf(points)}`).find(Boolean),
    [series],
  );
  const { element, canvas, error } = useCanvas<SeriesCanvas>(
    async (target) => {
      const { createSeriesCanvas } = await import('./series-canvas');
      return () => createSeriesCanvas(target, palette, { zone, daily }, fault ? [] : series);
    },
    [palette.surface, zone, daily, nameOf(series)].join(' '),
  );
  if (error) return <ProblemAlert problem={error} title="The chart could not be loaded" />;
  const table = () =>
    seriesTable(
      series,
      (time) => formatTime(time, { zone, detail: daily ? 'date' : 'minute' }),
      (value, unit) => (unit === 'percent' ? formatPercent(value) : formatNumber(value)),
    );
  return (
    <ChartFrame label={label} table={table} note={<Attribution />}>
      {fault && (
        <Alert color="yellow" title="Not drawn">
          <Text size="sm">{fault}: drawn all the same it would be a wrong picture.</Text>
        </Alert>
      )}
      {series.length > 1 && <Legend entries={series.map(({ name }) => name)} />}
      <Box
        ref={element}
        h={height}
        className="chart-canvas"
        tabIndex={0}
        role="img"
        aria-label={`${label}. Arrow keys move, plus and minus zoom; the numbers follow as a table.`}
        onKeyDown={(event) => {
          if (canvas?.onKey(event.key)) event.preventDefault();
        }}
      />
    </ChartFrame>
  );
}
