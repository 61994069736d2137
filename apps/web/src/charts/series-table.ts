import type { ChartTable } from './chart-frame';
import type { ChartSeries } from './series-canvas';

/** Courses side by side, the newest time first, a row a time that any of them has. */
export function seriesTable(
  series: readonly ChartSeries[],
  timeText: (time: number) => string,
  valueText: (value: number | null, unit: ChartSeries['unit']) => string,
): ChartTable {
  const values = series.map(({ points }) => new Map(points.map(({ time, value }) => [time, value])));
  const times = [...new Set(values.flatMap((column) => [...column.keys()]))].sort((a, b) => b - a);
  return {
    columns: ['Time', ...series.map(({ name }) => name)],
    rows: times.map((time) => [
      timeText(time),
      ...values.map((column, index) => valueText(column.get(time) ?? null, series[index]?.unit)),
    ]),
  };
}
