import { timeText } from '@assay/primitives';
import type { EvaluatedBars } from '../runs/evaluated-bars';
import type { EquityPointDto } from './backtest.response';

/** Everything a backtest computed per bar, exactly; stored as one content-addressed value. */
export interface BacktestSeries extends EvaluatedBars {
  /** Half-open range of the scored bars; the columns below cover it alone. */
  scored: [number, number];
  returns: Float64Array;
  equity: Float64Array;
  positions: Float64Array;
  benchmarkReturns: Float64Array;
}

/** Equity of the strategy and of buy and hold, which compounds from 1, per scored bar. */
export function* equityPoints(series: BacktestSeries): Generator<EquityPointDto> {
  let hold = 1;
  for (const [i, equity] of series.equity.entries()) {
    hold *= 1 + series.benchmarkReturns[i]!;
    const date = timeText(series.openTimeMs[series.scored[0] + i]!);
    yield { date, equity, buy_hold: hold, position: series.positions[i]!, return: series.returns[i]! };
  }
}
