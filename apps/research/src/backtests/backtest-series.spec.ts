import { equityPoints, type BacktestSeries } from './backtest-series';

const DAY = 86_400_000;
const column = (...values: number[]) => Float64Array.from(values);

describe('equityPoints', () => {
  it('dates the scored bars, and compounds buy and hold from 1', () => {
    const series: BacktestSeries = {
      openTimeMs: column(0, DAY, 2 * DAY, 3 * DAY),
      featureNames: [],
      features: [],
      predictions: column(NaN, NaN, NaN, NaN),
      signals: column(NaN, 1, 1, 0),
      weights: column(NaN, 1, 1, 0),
      decisions: Uint8Array.of(0, 0, 0, 0),
      scored: [2, 4],
      returns: column(0.1, -0.5),
      equity: column(1.1, 0.55),
      positions: column(1, 1),
      benchmarkReturns: column(0.25, 0.2),
    };
    expect([...equityPoints(series)]).toEqual([
      { date: '1970-01-03', equity: 1.1, buy_hold: 1.25, benchmark: null, position: 1, return: 0.1 },
      { date: '1970-01-04', equity: 0.55, buy_hold: 1.5, benchmark: null, position: 1, return: -0.5 },
    ]);
    const chosen = [...equityPoints({ ...series, chosenReturns: column(NaN, 0.1) })];
    expect(chosen.map(({ benchmark }) => benchmark)).toEqual([null, 1.1]);
  });
});
