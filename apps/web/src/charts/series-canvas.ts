import { BaselineSeries, HistogramSeries, LineSeries, LineStyle, type AutoscaleInfo } from 'lightweight-charts';
import { formatNumber, formatPercent } from '../format/number';
import { widened } from './axis-range';
import type { ChartPoint } from './bars';
import { seconds } from './gaps';
import { setLine } from './line-data';
import type { Palette } from './palette';
import { createTimeCanvas, moveByKey, type TimeAxis } from './time-canvas';

/** One course over time. */
export interface ChartSeries {
  name: string;
  points: readonly ChartPoint[];
  /** `area`: filled between the line and zero; `bars`: from zero, coloured by sign. */
  kind?: 'line' | 'area' | 'bars';
  /** 0 is the uppermost of the panes one below the other. */
  pane?: number;
  unit?: 'percent' | 'number';
}

const STYLES = [LineStyle.Solid, LineStyle.Dashed, LineStyle.Dotted, LineStyle.LargeDashed];

export type SeriesCanvas = ReturnType<typeof createSeriesCanvas>;

/** Lines over time; the upper pane takes two parts of the height, each other one. */
export function createSeriesCanvas(
  element: HTMLElement,
  palette: Palette,
  axis: TimeAxis,
  all: readonly ChartSeries[],
) {
  const chart = createTimeCanvas(element, palette, axis);
  let count = 0;
  all.forEach(({ points, kind = 'line', pane = 0, unit }, index) => {
    const color = palette.series[index % palette.series.length]!;
    const shared = {
      autoscaleInfoProvider: (own: () => AutoscaleInfo | null): AutoscaleInfo | null => {
        const info = own();
        return info?.priceRange ? { ...info, priceRange: widened(info.priceRange, unit) } : info;
      },
      lastValueVisible: false,
      priceLineVisible: false,
      priceFormat: {
        type: 'custom' as const,
        minMove: 1e-6,
        formatter: (value: number) => (unit === 'percent' ? formatPercent(value, 1) : formatNumber(value)),
      },
    };
    const stroke = { lineStyle: STYLES[index % STYLES.length]! };
    count = Math.max(count, points.length);
    if (kind === 'bars') {
      const data = points.map(({ time, value }) =>
        value === null
          ? { time: seconds(time) }
          : { time: seconds(time), value, color: value < 0 ? palette.down : palette.up },
      );
      chart.addSeries(HistogramSeries, shared, pane).setData(data);
    } else if (kind === 'area') {
      const fill = { topFillColor1: `${color}50`, topFillColor2: `${color}18`, topLineColor: color };
      const below = { bottomFillColor1: `${color}18`, bottomFillColor2: `${color}50`, bottomLineColor: color };
      const zero = { baseValue: { type: 'price' as const, price: 0 }, lineWidth: 1 as const };
      const area = chart.addSeries(BaselineSeries, { ...shared, ...stroke, ...fill, ...below, ...zero }, pane);
      setLine(area, points, color);
    } else setLine(chart.addSeries(LineSeries, { ...shared, ...stroke, color, lineWidth: 2 }, pane), points, color);
  });
  chart.panes().forEach((pane, index) => pane.setStretchFactor(index === 0 ? 2 : 1));
  chart.timeScale().fitContent();
  return {
    onKey: (key: string): boolean => moveByKey(chart, key, count),
    remove: (): void => chart.remove(),
  };
}
