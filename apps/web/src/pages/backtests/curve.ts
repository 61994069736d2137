import type { ChartPoint } from '../../charts/bars';
import type { ChartSeries } from '../../charts/series-canvas';

interface EquityPoint {
  date: string;
  equity: number;
  buy_hold: number;
  benchmark: number | null;
}

/** How far each value lies below the greatest before it, 0 or less; the start, 1, counts as a peak. */
export function drawdownOf(points: readonly ChartPoint[]): ChartPoint[] {
  let peak = 1;
  return points.map(({ time, value }) => {
    if (value === null) return { time, value: null };
    peak = Math.max(peak, value);
    return { time, value: peak > 0 ? value / peak - 1 : null };
  });
}

/** Equity beside buy and hold, and the benchmark where one was asked for; the falls from the peaks below. */
export function curvesOf(points: readonly EquityPoint[]): ChartSeries[] {
  const at = (value: (point: EquityPoint) => number | null): ChartPoint[] =>
    points.map((point) => ({ time: Date.parse(point.date), value: value(point) }));
  const equity = at((point) => point.equity);
  const hold = at((point) => point.buy_hold);
  const benchmark = points.some((point) => point.benchmark !== null)
    ? [{ name: 'Benchmark', points: at((point) => point.benchmark) }]
    : [];
  return [
    { name: 'Strategy, after costs', points: equity },
    { name: 'Buy and hold', points: hold },
    ...benchmark,
    { name: 'Drawdown of the strategy', points: drawdownOf(equity), pane: 1, unit: 'percent', kind: 'area' },
    { name: 'Drawdown of buy and hold', points: drawdownOf(hold), pane: 1, unit: 'percent' },
  ];
}

/** Equity of several runs over each other, their falls below: each begins at 1 with its own first scored bar. */
export function comparedCurves(
  runs: readonly { name: string; points: readonly Pick<EquityPoint, 'date' | 'equity'>[] }[],
): ChartSeries[] {
  const curves = runs.map(({ name, points }) => ({
    name,
    points: points.map(({ date, equity }) => ({ time: Date.parse(date), value: equity })),
  }));
  return [
    ...curves,
    ...curves.map(({ name, points }): ChartSeries => ({
      name: `Fall of ${name}`,
      points: drawdownOf(points),
      pane: 1,
      unit: 'percent',
    })),
  ];
}
