import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTable } from './chart-frame';
import { looksOf } from './looks';
import type { Palette } from './palette';
import { tooltipLines } from './tooltip';

export interface SignedBar {
  name: string;
  value: number;
  /** Said beside the value when it is pointed at. */
  note?: string;
}

const ROW_PX = 34;
const FRAME_PX = 60;

/** So high that each bar has its line. */
export const signedBarsHeight = (bars: readonly SignedBar[]): number => FRAME_PX + ROW_PX * Math.max(2, bars.length);

/** Lying bars to the right of nothing and to the left of it, the first one on top; the side says the sign, not the colour alone. */
export function signedBars(
  bars: readonly SignedBar[],
  palette: Palette,
  text: (value: number) => string,
): EChartsCoreOption {
  const looks = looksOf(palette);
  return {
    textStyle: looks.textStyle,
    grid: { left: 12, right: 28, top: 8, bottom: 28, containLabel: true },
    xAxis: {
      ...looks.axis,
      type: 'value',
      axisLabel: { ...looks.axis.axisLabel, formatter: text, hideOverlap: true },
    },
    yAxis: {
      ...looks.axis,
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { ...looks.axis.axisLabel, color: palette.text, width: 110, overflow: 'truncate' },
    },
    tooltip: {
      ...looks.tooltip,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const { name, value, note } = bars[dataIndex]!;
        return tooltipLines([`${name}: ${text(value)}`, ...(note ? [note] : [])]);
      },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 20,
        data: bars.map(({ value }) => ({
          value,
          itemStyle: { color: value < 0 ? palette.down : palette.up },
        })),
      },
    ],
  };
}

export const signedBarsTable = (
  bars: readonly SignedBar[],
  columns: readonly [string, string],
  text: (value: number) => string,
): ChartTable => ({
  columns: [...columns, ''],
  rows: bars.map(({ name, value, note }) => [name, text(value), note ?? '']),
});
