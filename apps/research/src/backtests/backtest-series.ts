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

/** Equity of the strategy, of buy and hold and of a benchmark that was asked for, which compound from 1, per scored bar. */
export function* equityPoints(series: BacktestSeries): Generator<EquityPointDto> {
  let hold = 1;
  let chosen: number | null = null;
  for (const [i, equity] of series.equity.entries()) {
    hold *= 1 + series.benchmarkReturns[i]!;
    // it compounds from where it begins
    const move = series.chosenReturns?.[i] ?? NaN;
    if (!Number.isNaN(move)) chosen = (chosen ?? 1) * (1 + move);
    const date = timeText(series.openTimeMs[series.scored[0] + i]!);
    yield {
      date,
      equity,
      buy_hold: hold,
      benchmark: chosen,
      position: series.positions[i]!,
      return: series.returns[i]!,
    };
  }
}
