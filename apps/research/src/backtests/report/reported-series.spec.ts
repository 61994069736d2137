import type { BarColumns } from '@assay/domain';
import type { TradeDocument } from '../../records/backtests/backtest-document';
import { madeBacktestReport } from '../../../test/made-backtest-report';
import type { BacktestSeries } from '../backtest-series';
import { reportedCourses, reportedPrices, reportedTrades } from './reported-series';

const DAY = 86_400_000;
const times = (bars: number): Float64Array => Float64Array.from({ length: bars }, (_, i) => Date.UTC(2024, 0, 1) + i * DAY); // prettier-ignore
const [closed, stillOpen] = madeBacktestReport().trades.items as [TradeDocument, TradeDocument];
const earned = (net: number, day = 1): TradeDocument => ({
  ...closed,
  ...{ net_return: net, entry_time: new Date(Date.UTC(2024, 0, day)).toISOString() },
});

const bars = (count: number): BarColumns => {
  const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length: count }, (_, i) => of(i));
  const close = column((i) => 100 + i);
  return {
    ...{ symbol: 'A', timeframe: '1d', openTimeMs: times(count), open: close, close, volume: close, columns: {} },
    ...{ high: column((i) => 102 + i), low: column((i) => 97 + i) },
  } as unknown as BarColumns;
};

describe('what a report has of the bars', () => {
  it('is the value of 1 in both, and how far below their peaks they are', () => {
    const series = {
      ...{ openTimeMs: times(5), scored: [1, 5], equity: Float64Array.of(1.5, 0.75, 0.9, 1.8) },
      ...{
        returns: Float64Array.of(0.5, -0.5, 0.2, 1),
        benchmarkReturns: Float64Array.of(0, 0.25, -0.2, 0),
        positions: Float64Array.of(1, 1, 1, 1),
      },
    } as unknown as BacktestSeries;
    expect(reportedCourses(series)).toEqual({
      ...{ scored: 4, bars: [0, 1, 2, 3], times: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'] },
      ...{ equity: [1.5, 0.75, 0.9, 1.8], buy_hold: [1, 1.25, 1, 1], benchmark: null },
      ...{ drawdown: [0, 0.5, expect.closeTo(0.4, 12), 0], buy_hold_drawdown: [0, 0, expect.closeTo(0.2, 12), expect.closeTo(0.2, 12)] }, // prettier-ignore
    });
  });

  it('are of many trades those that moved most, in their order', () => {
    const trades = Array.from({ length: 250 }, (_, i) => earned(i % 2 === 0 ? i / 1000 : -i / 1000));
    const { total, items } = reportedTrades([...trades, stillOpen]);
    expect([total, items.length]).toEqual([251, 200]);
    expect(items).toEqual(trades.slice(50));
    expect(reportedTrades([stillOpen]).items).toEqual([stillOpen]);
  });

  it('are candles with purchases at their lows and sales at their highs', () => {
    // entered on the 2nd, left on the 4th; a short one entered on the 5th
    const prices = reportedPrices('A', bars(6), [1, 6], [closed, stillOpen]);
    expect(prices).toMatchObject({
      kind: 'candles',
      marked: 2,
      bars: [0, 1, 2, 3, 4],
      close: [101, 102, 103, 104, 105],
    });
    expect(prices.marks).toEqual([
      { bar: 0, kind: 'buy', price: 98, text: 'entered long 2024-01-02T00:00:00.000Z' },
      { bar: 2, kind: 'sell', price: 105, text: 'left long 2024-01-04T00:00:00.000Z, -1.24 %' },
      { bar: 3, kind: 'sell', price: 106, text: 'entered short 2024-01-05T00:00:00.000Z' },
    ]);
  });

  it('are some closes where there are too many bars, with the trades that moved most', () => {
    const trades = Array.from({ length: 100 }, (_, i) => ({ ...earned(i / 100, i + 1), exit_time: null }));
    const prices = reportedPrices('A', bars(2000), [0, 2000], trades);
    expect([prices.kind, prices.marked, prices.marks.length]).toEqual(['closes', 60, 60]);
    // of rising closes the first and the last of each of 120 stretches
    expect(prices.bars).toHaveLength(240);
    expect(prices.marks[0]).toMatchObject({ bar: 40, price: 140 });
  });
});
