import type { EChartsCoreOption } from 'echarts/core';
import { looksOf } from './looks';
import type { ChartTable } from './chart-frame';
import type { Palette } from './palette';
import { tooltipLines } from './tooltip';

export interface HeatmapData {
  /** Names of the two axes and their values as text. */
  x: { name: string; values: readonly string[] };
  y: { name: string; values: readonly string[] };
  /** A row a value of y, a column a value of x; null where there is none. */
  values: readonly (readonly (number | null)[])[];
  valueName: string;
  /** Cells that are pointed out, by column and row. */
  marked?: readonly { x: number; y: number }[];
}

/** Least and greatest defined value; a lone value gets room on both sides. null where none is defined. */
export function heatRange(values: HeatmapData['values']): { min: number; max: number } | null {
  let min = Infinity;
  let max = -Infinity;
  for (const row of values) {
    for (const value of row) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min > max) return null;
  if (min === max)
    return { min: min - Math.max(1e-9, Math.abs(min) * 0.01), max: max + Math.max(1e-9, Math.abs(max) * 0.01) };
  return { min, max };
}

/** Cells that exist as [column, row, value], row by row; their order is that of `dataIndex`. */
export function heatCells(values: HeatmapData['values']): [number, number, number][] {
  return values.flatMap((row, y) =>
    row.flatMap((value, x): [number, number, number][] => (value === null ? [] : [[x, y, value]])),
  );
}

export function heatmap(data: HeatmapData, palette: Palette, text: (value: number) => string): EChartsCoreOption {
  const looks = looksOf(palette);
  const range = heatRange(data.values) ?? { min: 0, max: 1 };
  const cells = heatCells(data.values);
  const isMarked = ([x, y]: [number, number, number]) => data.marked?.some((cell) => cell.x === x && cell.y === y);
  const frame = { borderColor: palette.down, borderWidth: 4 };
  const few = data.x.values.length <= 12 && data.y.values.length <= 14;
  const category = (axis: HeatmapData['x']) => ({
    ...looks.axis,
    type: 'category' as const,
    name: axis.name,
    nameLocation: 'middle' as const,
    data: [...axis.values],
    splitArea: { show: false },
    splitLine: { show: false },
  });
  return {
    textStyle: looks.textStyle,
    grid: { left: 70, right: 20, top: 10, bottom: 110 },
    xAxis: { ...category(data.x), nameGap: 26 },
    yAxis: { ...category(data.y), nameGap: 48 },
    tooltip: {
      ...looks.tooltip,
      formatter: ({ value: cell }: { value: [number, number, number] }) =>
        tooltipLines([
          `${data.valueName}: ${text(cell[2])}`,
          `${data.x.name}: ${data.x.values[cell[0]] ?? ''}`,
          `${data.y.name}: ${data.y.values[cell[1]] ?? ''}`,
        ]),
    },
    visualMap: {
      ...range,
      calculable: true,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 160,
      seriesIndex: 0,
      inRange: { color: [...palette.sequential] },
      textStyle: { color: palette.muted },
      formatter: (value: number) => text(value),
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map((value) => (isMarked(value) ? { value, itemStyle: frame } : value)),
        label: few
          ? {
              show: true,
              formatter: ({ value: cell }: { value: [number, number, number] }) => text(cell[2]),
              fontSize: 11,
            }
          : { show: false },
        itemStyle: { borderColor: palette.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 2 } },
      },
    ],
  };
}

export const heatTable = (data: HeatmapData, text: (value: number) => string): ChartTable => ({
  columns: [`${data.y.name} \\ ${data.x.name}`, ...data.x.values],
  rows: data.values.map((row, y) => [
    data.y.values[y] ?? '',
    ...row.map((value) => (value === null ? '–' : text(value))),
  ]),
});
