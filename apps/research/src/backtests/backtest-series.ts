import { timeText } from '@assay/primitives';
import type { EvaluatedBars } from '../runs/evaluated-bars';
import type { AbsenceView, ContributionView, EquityPointDto } from './backtest.response';

/** Of a run over a universe, beside what every backtest has. */
export interface UniverseFigures {
  contributions: ContributionView[];
  absences: AbsenceView[];
  /** Sum of the sizes of all weights, and of the weights, at each scored close. */
  gross: Float64Array;
  net: Float64Array;
}

/** Everything a backtest computed per bar, exactly; stored as one content-addressed value. */
export interface BacktestSeries extends EvaluatedBars {
  /** Half-open range of the scored bars; the columns below cover it alone. */
  scored: [number, number];
  returns: Float64Array;
  equity: Float64Array;
  positions: Float64Array;
  /** Of buy and hold. */
  benchmarkReturns: Float64Array;
  /** Of the benchmark that was asked for. */
  chosenReturns?: Float64Array;
  /** Of cash, where a rate was given. */
  riskFreeReturns?: Float64Array;
  /** Of a run over a universe. */
  universe?: UniverseFigures;
}

/** What the bars held, and what the run was compared with, are worth at each scored bar of 1; the latter from where it begins, NaN before. */
export function comparedValues({ benchmarkReturns, chosenReturns }: BacktestSeries): {
  hold: Float64Array;
  chosen: Float64Array | null;
} {
  let held = 1;
  const hold = benchmarkReturns.map((move) => (held *= 1 + move));
  let value = NaN;
  const compound = (move: number): number => {
    if (!Number.isNaN(move)) value = (Number.isNaN(value) ? 1 : value) * (1 + move);
    return value;
  };
  return { hold, chosen: chosenReturns?.map(compound) ?? null };
}

/** Null before it begins, and where nothing was compared. */
export const valueFrom = (chosen: Float64Array | null, i: number): number | null =>
  chosen === null || Number.isNaN(chosen[i]) ? null : chosen[i]!;

/** Equity of the strategy, of buy and hold and of a benchmark that was asked for, which compound from 1, per scored bar. */
export function* equityPoints(series: BacktestSeries): Generator<EquityPointDto> {
  const { hold, chosen } = comparedValues(series);
  for (const [i, equity] of series.equity.entries()) {
    yield {
      date: timeText(series.openTimeMs[series.scored[0] + i]!),
      equity,
      buy_hold: hold[i]!,
      benchmark: valueFrom(chosen, i),
      position: series.positions[i]!,
      return: series.returns[i]!,
    };
  }
}
