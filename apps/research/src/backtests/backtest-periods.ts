import { timeText } from '@assay/primitives';
import { annualReturns, monthlyReturns, worstBars, type RollingMetrics } from '@assay/quant';
import type { MonthView, RollingView, WorstBarView, YearView } from './backtest.response';
import type { BacktestSeries } from './backtest-series';

const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

export const scoredTimes = ({ openTimeMs, scored }: BacktestSeries): Float64Array => openTimeMs.subarray(...scored);

/** Compounded returns by month and year. @param datesMs of the scored bars: midnight in UTC of the market's own date */
export function calendarReturns(
  { returns, benchmarkReturns, chosenReturns }: BacktestSeries,
  datesMs: Float64Array,
): { months: MonthView[]; years: YearView[] } {
  const [own, hold] = [returns, benchmarkReturns].map((column) => monthlyReturns(datesMs, column));
  const chosen = chosenReturns && monthlyReturns(datesMs, chosenReturns);
  const [ownYears, holdYears] = [own!, hold!].map(annualReturns);
  const chosenYears = chosen && annualReturns(chosen);
  type Values = readonly { readonly value: number }[];
  const of = (i: number, mine: Values, held: Values, other: Values | undefined) => ({
    ...{ return: orNull(mine[i]!.value), buy_hold: orNull(held[i]!.value) },
    benchmark: other ? orNull(other[i]!.value) : null,
  });
  return {
    months: own!.map(({ year, month }, i) => ({ year, month, ...of(i, own!, hold!, chosen) })),
    years: ownYears!.map(({ year }, i) => ({ year, ...of(i, ownYears!, holdYears!, chosenYears) })),
  };
}

/** From the first whole window on. */
export function* rollingRows(series: BacktestSeries, rolled: RollingMetrics, window: number): Generator<RollingView> {
  const times = scoredTimes(series);
  for (let i = window - 1; i < times.length; i++) {
    yield {
      date: timeText(times[i]!),
      ...{ sharpe_ratio: orNull(rolled.sharpe[i]!), volatility: orNull(rolled.volatility[i]!) },
      ...{ beta: orNull(rolled.beta[i]!), max_drawdown: orNull(rolled.maxDrawdown[i]!) },
    };
  }
}

/** The deepest losses of one bar. */
export function worstBarRows(series: BacktestSeries, most: number): WorstBarView[] {
  const times = scoredTimes(series);
  return worstBars(series.returns, most).map((i) => ({
    ...{ date: timeText(times[i]!), return: series.returns[i]!, buy_hold: series.benchmarkReturns[i]! },
  }));
}
