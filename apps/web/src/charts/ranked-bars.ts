import type { EChartsCoreOption } from 'echarts/core';
import { looksOf } from './looks';
import type { ChartTable } from './chart-frame';
import type { Palette } from './palette';
import { tooltipLines } from './tooltip';

/** Names with a value each, the first one drawn at the top. */
export interface RankedBarsData {
  bars: readonly { name: string; value: number }[];
  valueName: string;
}

/** Room for the names on the left, of about seven pixels a character. */
const roomFor = (names: readonly string[]): number =>
  Math.min(160, 16 + 7 * Math.max(0, ...names.map(({ length }) => length)));

/** Lying bars, so that names can be read; those below nothing go to the left in another colour. */
export function rankedBars(data: RankedBarsData, palette: Palette, text: (value: number) => string): EChartsCoreOption {
  const looks = looksOf(palette);
  const names = data.bars.map(({ name }) => name);
  const room = roomFor(names);
  return {
    textStyle: looks.textStyle,
    grid: { left: room, right: 24, top: 8, bottom: 44 },
    xAxis: {
      ...looks.axis,
      type: 'value',
      name: data.valueName,
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { ...looks.axis.axisLabel, formatter: text, hideOverlap: true },
    },
    yAxis: {
      ...looks.axis,
      type: 'category',
      inverse: true,
      data: names,
      axisLabel: { ...looks.axis.axisLabel, width: room - 12, overflow: 'truncate' },
      splitLine: { show: false },
    },
    tooltip: {
      ...looks.tooltip,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bar = data.bars[dataIndex]!;
        return tooltipLines([bar.name, `${data.valueName}: ${text(bar.value)}`]);
      },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 26,
        data: data.bars.map(({ value }) => ({
          value,
          itemStyle: { color: value < 0 ? palette.series[1] : palette.series[0] },
        })),
      },
    ],
  };
}

export const rankedBarsTable = (data: RankedBarsData, text: (value: number) => string): ChartTable => ({
  columns: ['Name', data.valueName],
  rows: data.bars.map(({ name, value }) => [name, text(value)]),
});

/** As high as its bars need. */
export const rankedBarsHeight = (count: number): number => 60 + 30 * Math.max(2, count);
