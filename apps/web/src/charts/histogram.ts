import type { EChartsCoreOption } from 'echarts/core';
import { looksOf } from './looks';
import type { ChartTable } from './chart-frame';
import type { Palette } from './palette';
import { tooltipLines } from './tooltip';

export interface Bins {
  /** One more than counts. */
  edges: readonly number[];
  counts: readonly number[];
}

/** Bins of equal width from the least to the greatest value; by default about the root of how many there are. */
export function binsOf(values: readonly number[], wanted = Math.ceil(Math.sqrt(values.length))): Bins {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { edges: [], counts: [] };
  // not spread into arguments: of long series there are too many
  const least = finite.reduce((a, b) => Math.min(a, b));
  const greatest = finite.reduce((a, b) => Math.max(a, b));
  if (least === greatest) return { edges: [least, greatest], counts: [finite.length] };
  const bins = Math.max(1, wanted);
  const width = (greatest - least) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) counts[Math.min(bins - 1, Math.floor((value - least) / width))]! += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, index) => least + index * width), counts };
}

export interface HistogramData {
  bins: Bins;
  valueName: string;
  /** Values that are pointed out, such as a threshold. */
  lines?: readonly { value: number; name: string }[];
}

export function histogram(data: HistogramData, palette: Palette, text: (value: number) => string): EChartsCoreOption {
  const looks = looksOf(palette);
  const { edges, counts } = data.bins;
  const least = Math.min(edges[0] ?? 0, ...(data.lines ?? []).map(({ value }) => value));
  const greatest = Math.max(edges.at(-1) ?? 1, ...(data.lines ?? []).map(({ value }) => value));
  const room = (greatest - least) * 0.04 || 1;
  return {
    textStyle: looks.textStyle,
    grid: { left: 44, right: 20, top: 28, bottom: 44 },
    xAxis: {
      ...looks.axis,
      type: 'value',
      min: least - room,
      max: greatest + room,
      name: data.valueName,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
      axisLabel: {
        ...looks.axis.axisLabel,
        formatter: text,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: { ...looks.axis, type: 'value', minInterval: 1, name: 'Count', nameLocation: 'end' },
    tooltip: {
      ...looks.tooltip,
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        tooltipLines([`${counts[dataIndex]} of them`, `${text(edges[dataIndex]!)} to ${text(edges[dataIndex + 1]!)}`]),
    },
    series: [
      {
        type: 'bar',
        // of the distance of two bars; a lone one would fill the picture
        barWidth: counts.length > 1 ? '94%' : '20%',
        barGap: '-100%',
        data: counts.map((count, index) => [(edges[index]! + edges[index + 1]!) / 2, count]),
        itemStyle: { color: palette.series[0], opacity: 0.75 },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: palette.text, width: 2 },
          label: { color: palette.text, formatter: ({ name }: { name: string }) => name },
          data: (data.lines ?? []).map(({ value, name }) => ({ xAxis: value, name })),
        },
      },
    ],
  };
}

export const histogramTable = ({ bins }: HistogramData, text: (value: number) => string): ChartTable => ({
  columns: ['From', 'To', 'Count'],
  rows: bins.counts.map((count, index) => [text(bins.edges[index]!), text(bins.edges[index + 1]!), String(count)]),
});
