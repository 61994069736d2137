import type { EChartsCoreOption } from 'echarts/core';
import { looksOf } from './looks';
import type { ChartTable } from './chart-frame';
import type { Palette } from './palette';
import { tooltipLines } from './tooltip';

/** Several courses over the same times. */
export interface FanData {
  times: readonly string[];
  paths: readonly { name: string; values: readonly (number | null)[] }[];
  valueName: string;
}

/** Least, middle and greatest of the defined values at each time; null where none is. */
export function envelope(data: FanData): {
  least: (number | null)[];
  middle: (number | null)[];
  greatest: (number | null)[];
} {
  const at = data.times.map((_, index) =>
    data.paths
      .map((path) => path.values[index])
      .filter((value): value is number => value !== null && value !== undefined && Number.isFinite(value))
      .sort((a, b) => a - b),
  );
  const middleOf = (sorted: number[]) => {
    if (sorted.length === 0) return null;
    const half = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  };
  return {
    least: at.map((sorted) => sorted[0] ?? null),
    middle: at.map(middleOf),
    greatest: at.map((sorted) => sorted.at(-1) ?? null),
  };
}

export function fan(data: FanData, palette: Palette, text: (value: number) => string): EChartsCoreOption {
  const looks = looksOf(palette);
  const { least, middle, greatest } = envelope(data);
  const band = greatest.map((value, index) => {
    const low = least[index];
    return value === null || low === null || low === undefined ? null : value - low;
  });
  const line = (name: string, values: readonly (number | null)[], more: object) => ({
    type: 'line' as const,
    name,
    data: [...values],
    symbol: 'none',
    ...more,
  });
  const words = (value: number | null | undefined) => (value === null || value === undefined ? '–' : text(value));
  return {
    textStyle: looks.textStyle,
    grid: { left: 60, right: 16, top: 12, bottom: 28 },
    xAxis: { ...looks.axis, type: 'category', data: [...data.times], boundaryGap: false, splitLine: { show: false } },
    yAxis: { ...looks.axis, type: 'value', scale: true, axisLabel: { ...looks.axis.axisLabel, formatter: text } },
    tooltip: {
      ...looks.tooltip,
      trigger: 'axis',
      formatter: ([first]: { dataIndex: number }[]) => {
        const index = first?.dataIndex ?? 0;
        return tooltipLines([
          data.times[index] ?? '',
          `Greatest: ${words(greatest[index])}`,
          `Middle: ${words(middle[index])}`,
          `Least: ${words(least[index])}`,
        ]);
      },
    },
    series: [
      line('least', least, { stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0 }, silent: true }),
      line('range', band, {
        stack: 'band',
        stackStrategy: 'all',
        lineStyle: { opacity: 0 },
        areaStyle: { color: palette.series[0], opacity: 0.15 },
        silent: true,
      }),
      ...data.paths.map((path, index) =>
        line(path.name, path.values, {
          lineStyle: { color: palette.series[index % palette.series.length], width: 1, opacity: 0.8 },
          silent: true,
        }),
      ),
      line('middle', middle, { lineStyle: { color: palette.text, width: 2.5 }, silent: true }),
    ],
  };
}

export const fanTable = (data: FanData, text: (value: number) => string): ChartTable => ({
  columns: ['Time', ...data.paths.map((path) => path.name)],
  rows: data.times.map((time, index) => [
    time,
    ...data.paths.map((path) => {
      const value = path.values[index];
      return value === null || value === undefined ? '–' : text(value);
    }),
  ]),
});
