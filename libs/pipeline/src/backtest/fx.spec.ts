import { DAY_MS } from '@assay/primitives';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum } from '../fixtures/documents';
import { alignFx } from './fx';
import { runBacktest } from '.';

const days = (...list: number[]): Float64Array => Float64Array.from(list, (day) => day * DAY_MS);
const rates = { closeMs: days(0, 1, 2, 8), close: Float64Array.of(0.8, 0.9, 1, 1.25) };

describe('rates beside bars', () => {
  it('are the last that was known at each open and close, at the instant of their close included', () => {
    const bars = { openMs: days(0.5, 1, 2.25), closeMs: days(0.99, 2, 3) };
    const { open, close } = alignFx(bars, rates);
    expect([...open]).toEqual([0.8, 0.9, 1]);
    expect([...close]).toEqual([0.8, 1, 1]);
    expect([...alignFx(bars, rates, { invert: true }).close]).toEqual([1 / 0.8, 1, 1]);
  });

  it('may be missing at the first open, which nothing is traded at, and nowhere else', () => {
    expect([...alignFx({ openMs: days(-1, 0.5), closeMs: days(0, 1) }, rates).open]).toEqual([NaN, 0.8]);
    expect(() => alignFx({ openMs: days(-2, -1), closeMs: days(-1, 0) }, rates)).toThrow(
      'fx must have a rate at the open of every bar, was not known yet at 1969-12-31',
    );
    expect(() => alignFx({ openMs: days(-1), closeMs: days(-0.5) }, rates)).toThrow('at the close of every bar');
    expect(() => alignFx({ openMs: days(-1), closeMs: days(-0.5) }, rates)).toThrow(
      /: the first is known at 1970-01-01, so give rates that begin before the bars, or bars that begin later$/,
    );
    const none = { closeMs: days(), close: days() };
    expect(() => alignFx({ openMs: days(0), closeMs: days(1) }, none)).toThrow(': there is none, so give rates');
  });

  it('may be five days old, or what is said', () => {
    const at = (day: number) => ({ openMs: days(2), closeMs: days(day) });
    expect([...alignFx(at(7), rates).close]).toEqual([1]);
    expect(() => alignFx(at(7.01), rates)).toThrow(
      'fx must be at most 5 days old at the close of every bar, was of 1970-01-03',
    );
    expect(() => alignFx(at(4.5), rates, { maxAgeDays: 2 })).toThrow('fx must be at most 2 days old');
  });

  it('are positive', () => {
    const bad = { closeMs: days(0), close: Float64Array.of(0) };
    expect(() => alignFx({ openMs: days(0), closeMs: days(1) }, bad)).toThrow('fx must be positive, was 0');
  });

  it('never tell what closed later: other later rates change nothing before them', () => {
    const bars = { openMs: days(0.5, 1.5, 2.5), closeMs: days(1.2, 2.2, 3.2) };
    const other = { ...rates, close: rates.close.map((rate, i) => (i >= 2 ? 7 : rate)) };
    const [a, b] = [alignFx(bars, rates), alignFx(bars, other)];
    expect([a.open[0], a.open[1], a.close[0]]).toEqual([b.open[0], b.open[1], b.close[0]]);
    expect(a.close[1]).not.toBe(b.close[1]);
  });
});

describe('a backtest in the currency of the account', () => {
  const bars = syntheticBars(300, 8, 0.001);
  const document = bollingerMomentum();
  const plain = runBacktest({ document, bars });
  const rate = (t: number): number => 0.9 + 0.1 * Math.sin(t / 7);
  const fx = { open: bars.close.map((_, t) => rate(t - 0.5)), close: bars.close.map((_, t) => rate(t)) };
  const modes = ['weight', 'all_in'] as const;

  it.each(modes)('has the decisions of the prices, converts buy and hold, and adds up (%s)', (mode) => {
    const [own, quoted] = [{ mode, fx }, { mode }].map((options) => runBacktest({ document, bars, options }));
    expect(own!.positions).toEqual(quoted!.positions);
    const [from, to] = own!.scored;
    const hold = (bars.close[to - 1]! * rate(to - 1)) / (bars.close[from - 1]! * rate(from - 1)) - 1;
    expect(own!.buyHoldMetrics.total_return).toBeCloseTo(hold, 10);
    const { price, fx: byRates, written_off: lost } = own!.fx!;
    expect(price + byRates + lost - own!.costs.total).toBeCloseTo(own!.metrics.total_return!, 10);
    expect(Math.abs(byRates)).toBeGreaterThan(1e-4);
    expect(own!.quoted!.returns).toEqual(quoted!.returns);
    expect(own!.quoted!.full.returns).toEqual(quoted!.full.returns);
    const event = runBacktest({ document, bars, options: { mode, fx, engine: 'event' } });
    expect(event.fx!.fx).toBeCloseTo(byRates, 10);
    expect(event.metrics.total_return).toBeCloseTo(own!.metrics.total_return!, 10);
  });

  it('is the plain one at a rate of 1, and has nothing of it where none is asked for', () => {
    const one = bars.close.map(() => 1);
    const outcome = runBacktest({ document, bars, options: { fx: { open: one, close: one } } });
    expect(outcome.metrics).toEqual(plain.metrics);
    expect(Math.abs(outcome.fx!.fx)).toBeLessThan(1e-12);
    expect(plain).not.toHaveProperty('fx');
  });
});
