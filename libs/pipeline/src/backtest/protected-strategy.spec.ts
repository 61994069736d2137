import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor } from '../fixtures/documents';
import { sweepOf } from '../fixtures/sweep-of';
import { lookAheadAudit, runCpcv, runWalkForward } from '../validation';
import { runBacktest } from '.';

const bars = syntheticBars(900, 5);
const protection = {
  stop_loss: { percent: 2 },
  take_profit: { atr: 2, window: 14 },
  trailing_stop: { percent: 3, follows: 'close' as const },
  re_entry: { rule: 'after_signal_off' as const },
};
const document = { ...bollingerMomentum(20, 0.5), protection };

describe('a strategy with stops and targets', () => {
  it.each(['weight', 'all_in'] as const)('trades alike in both engines and both fills, mode %s', (mode) => {
    for (const fill of ['next_open', 'close'] as const) {
      const [a, b] = (['vectorized', 'event'] as const).map((engine) =>
        runBacktest({ document, bars, options: { engine, mode, fill } }),
      ) as [ReturnType<typeof runBacktest>, ReturnType<typeof runBacktest>];
      a.returns.forEach((r, t) => expect(Math.abs(r - b.returns[t]!)).toBeLessThan(1e-9));
      expect(a.trades.map(({ reason }) => reason)).toEqual(b.trades.map(({ reason }) => reason));
      expect(a.trades.map(({ reason }) => reason)).toEqual(
        expect.arrayContaining(['stop_loss', 'take_profit', 'trailing_stop']),
      );
    }
  });

  it('loses no more than its stop but for gaps and costs', () => {
    const { trades } = runBacktest({ document, bars, options: { mode: 'all_in' } });
    const stopped = trades.filter(({ reason }) => reason === 'stop_loss');
    expect(stopped.length).toBeGreaterThan(5);
    for (const { side, entryPrice, exitPrice } of stopped) {
      const loss = side === 'long' ? 1 - exitPrice / entryPrice : exitPrice / entryPrice - 1;
      expect(loss).toBeGreaterThanOrEqual(0.02 - 1e-12);
    }
  });

  it('is swept by the path of a distance, each cell as its single backtest', () => {
    const params = [
      { path: 'protection.stop_loss.percent', values: [1, 2, 4] },
      { path: 'protection.take_profit.atr', values: [1, 3] },
    ];
    const sweep = sweepOf({ document, params, bars, options: { scoreFrom: 100 }, withSeries: true });
    for (let cell = 0; cell < 6; cell++) {
      const single = {
        ...document,
        protection: {
          ...protection,
          stop_loss: { percent: sweep.values[0]![cell]! },
          take_profit: { atr: sweep.values[1]![cell]!, window: 14 },
        },
      };
      const { returns } = runBacktest({ document: single, bars, options: { scoreFrom: 100 } });
      expect(sameBits(sweep.returns[cell]!, returns)).toBe(true);
    }
    expect(new Set(sweep.totalReturn).size).toBe(6);
  });

  it('is validated on slices of its one run, where an exit within a bar costs nothing at a seam', () => {
    const free = { costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } };
    const whole = runBacktest({ document, bars, options: { ...free, scoreFrom: 0 } });
    for (const fold of runWalkForward({ document, bars, options: free }).folds)
      fold.oosReturns.forEach((r, i) => expect(r).toBeCloseTo(whole.returns[fold.test[0] + i]!, 10));
    const { paths, scored } = runCpcv({ document, bars, options: free });
    paths[0]!.returns.forEach((r, i) => expect(r).toBeCloseTo(whole.returns[scored[0] + i]!, 10));
  });

  it('sees no later bar, with a model as with rules', () => {
    const model = { ...logisticOnFactor(), protection };
    expect(lookAheadAudit({ document, bars }).mismatches).toBe(0);
    expect(lookAheadAudit({ document: model, bars }).mismatches).toBe(0);
  });

  it('knows no level before its average true range', () => {
    const wide = { ...document, protection: { ...protection, take_profit: { atr: 2, window: 60 } } };
    expect(runBacktest({ document: wide, bars }).lookback).toBe(60);
  });
});
