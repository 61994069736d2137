import { createRng } from '../../random';
import { applyOrderRules, reasonOf, type OrderRules, type ProtectionRules, type RuledBars } from '.';

const AFTER_OFF = { rule: 'after_signal_off' } as const;

/** Bars of [open, high, low, close]. */
const barsOf = (...rows: [number, number, number, number][]): RuledBars => {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
};
const flat = (price: number): [number, number, number, number] => [price, price, price, price];

function run(
  protection: Partial<ProtectionRules> | undefined,
  bars: RuledBars,
  wanted: number[],
  fill: 'next_open' | 'close' = 'next_open',
  entryOrder?: OrderRules['entryOrder'],
) {
  const ruled = { protection: protection && { reEntry: AFTER_OFF, ...protection }, entryOrder };
  const { targets, interventions } = applyOrderRules(ruled, fill === 'close', bars, Float64Array.from(wanted));
  const acts = [...interventions.index].map((t, k) => [
    ...[t, interventions.price[k], interventions.weight[k], reasonOf(interventions.reason[k])],
  ]);
  return { targets: [...targets], acts, decided: [...interventions.decided].map(reasonOf) };
}

describe('levels by hand', () => {
  it('watches a stop in the entry bar from its open on, and from the next bar when filled at the close', () => {
    const bars = barsOf(flat(100), [100, 101, 94, 100], flat(100), flat(100));
    const stop = { stopLoss: { percent: 5 } };
    expect(run(stop, bars, [1, 1, 1, 1]).acts).toEqual([[1, 95, 0, 'stop_loss']]);
    expect(run(stop, bars, [1, 1, 1, 1], 'close').acts).toEqual([[1, 95, 0, 'stop_loss']]);
    expect(run(stop, bars, [0, 1, 1, 1], 'close').acts).toEqual([]);
  });

  it('fills a gap at the open, the stop before the target, and a touched level', () => {
    const both = { stopLoss: { percent: 5 }, takeProfit: { percent: 10 } };
    const gap = barsOf(flat(100), flat(100), [90, 120, 90, 100]);
    expect(run(both, gap, [1, 1, 1]).acts).toEqual([[2, 90, 0, 'stop_loss']]);
    const up = barsOf(flat(100), flat(100), [115, 120, 90, 100]);
    expect(run(both, up, [1, 1, 1]).acts).toEqual([[2, 115, 0, 'take_profit']]);
    const wide = barsOf(flat(100), flat(100), [100, 120, 90, 100]);
    expect(run(both, wide, [1, 1, 1]).acts).toEqual([[2, 95, 0, 'stop_loss']]);
    const touched = barsOf(flat(100), flat(100), [100, 100 * 1.1, 100, 100]);
    expect(run(both, touched, [1, 1, 1]).acts).toEqual([[2, 100 * (1 + 0.1), 0, 'take_profit']]);
    expect(run(both, touched, [-1, -1, -1]).acts).toEqual([[2, 105, 0, 'stop_loss']]);
  });

  it('moves a trailing stop with bars that are over alone, by closes or by extremes', () => {
    const bars = barsOf(flat(100), [100, 130, 100, 110], [110, 112, 105, 111], [111, 111, 100, 105]);
    const trail = (follows: 'close' | 'extreme') => ({ trailingStop: { percent: 10, follows } });
    // 110 x 0.9 = 99 and 111 x 0.9 = 99.9 are not reached; 130 x 0.9 = 117 lies above the next open
    expect(run(trail('close'), bars, [1, 1, 1, 1]).acts).toEqual([]);
    expect(run(trail('extreme'), bars, [1, 1, 1, 1]).acts).toEqual([[2, 110, 0, 'trailing_stop']]);
  });

  it('stands at the entry after the move, from the next bar on', () => {
    const bars = barsOf(flat(100), [100, 106, 99, 104], [104, 104, 99, 101]);
    expect(run({ breakeven: { percent: 5 } }, bars, [1, 1, 1]).acts).toEqual([[2, 100, 0, 'breakeven']]);
    expect(run({ breakeven: { percent: 7 } }, bars, [1, 1, 1]).acts).toEqual([]);
  });

  it('holds for so many bars at most, filled as a signal is', () => {
    const bars = barsOf(...Array.from({ length: 6 }, () => flat(100)));
    const { targets, decided } = run({ timeStop: 2 }, bars, [1, 1, 1, 1, 1, 1]);
    // entered at the open of bar 1, held in bars 1 and 2, left at the open of bar 3
    expect(targets).toEqual([1, 1, 0, 0, 0, 0]);
    expect(decided[2]).toBe('time_stop');
    expect(run({ timeStop: 2 }, bars, [1, 1, 1, 1, 1, 1], 'close').targets).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it('enters again when the signal has been off, at once, or after a pause', () => {
    const dip = [100, 100, 90, 100] as [number, number, number, number];
    const bars = barsOf(flat(100), dip, flat(100), flat(100), flat(100), flat(100));
    const of = (reEntry: ProtectionRules['reEntry'], wanted: number[]) =>
      run({ stopLoss: { percent: 5 }, reEntry }, bars, wanted).targets;
    expect(of(AFTER_OFF, [1, 1, 1, 0, 1, 1])).toEqual([1, 0, 0, 0, 1, 1]);
    expect(of(AFTER_OFF, [1, 1, -1, -1, 1, 1])).toEqual([1, 0, -1, -1, 1, 1]);
    expect(of({ rule: 'immediately' }, [1, 1, 1, 1, 1, 1])).toEqual([1, 1, 1, 1, 1, 1]);
    expect(of({ rule: 'after_bars', bars: 2 }, [1, 1, 1, 1, 1, 1])).toEqual([1, 0, 0, 1, 1, 1]);
  });

  it('measures in average true ranges of the deciding close, and enters nothing without one', () => {
    // ranges of 2, 4, 4 and then wide: Wilder over 2 bars is first known at bar 2, as 3
    const bars = barsOf([100, 101, 99, 100], [100, 101, 99, 100], [100, 102, 98, 100], [100, 120, 100, 101], flat(94));
    const { targets, acts } = run({ stopLoss: { atr: 2, window: 2 } }, bars, [1, 1, 1, 1, 1]);
    expect(targets.slice(0, 3)).toEqual([0, 0, 1]);
    expect(acts).toEqual([[4, 94, 0, 'stop_loss']]);
    expect(run({ stopLoss: { atr: 2.1, window: 2 } }, bars, [1, 1, 1, 1, 1]).acts).toEqual([]);
  });

  it('works a limit for its bars, once a signal, and watches the stop but no target in the bar of its fill', () => {
    const limit = { type: 'limit', offset: { percent: 2 }, expiresAfterBars: 2 } as const;
    const late = barsOf(flat(100), flat(100), flat(100), [100, 100, 97, 100], flat(100));
    expect(run(undefined, late, [1, 1, 1, 1, 1], 'next_open', limit).acts).toEqual([]);
    const bars = barsOf(flat(100), flat(100), [99, 130, 97, 120], flat(120));
    const both = { stopLoss: { percent: 5 }, takeProfit: { percent: 10 } };
    expect(run(both, bars, [1, 1, 1, 1], 'next_open', limit).acts).toEqual([
      [2, 98, 1, 'signal'],
      [3, 120, 0, 'take_profit'],
    ]);
    const crash = barsOf(flat(100), [99, 130, 90, 120]);
    expect(run(both, crash, [1, 1], 'next_open', limit).acts).toEqual([
      [1, 98, 1, 'signal'],
      [1, 98 * (1 - 0.05), 0, 'stop_loss'],
    ]);
  });
});

/** The trades of one rule set found by looking ahead from each entry, with no machine and no state. */
function tradesByScan(bars: RuledBars, signal: number[], stop: number, target: number, most: number) {
  const n = signal.length;
  const found: [entry: number, exit: number, price: number][] = [];
  let t = 0;
  while (t < n - 1) {
    const side = signal[t];
    const fresh = t === 0 || signal[t - 1] !== side || found.length === 0;
    if (side === 0 || !fresh) {
      t += 1;
      continue;
    }
    const entry = t + 1;
    const [low, high] = [bars.open[entry] * (1 - (side * stop) / 100), bars.open[entry] * (1 + (side * target) / 100)];
    let off = entry;
    while (off < n && signal[off] === side) off += 1;
    const last = Math.min(off, entry + most - 1);
    let exit: [number, number] | null = null;
    for (let b = entry; b <= last && b < n && !exit; b++) {
      const worst = side > 0 ? bars.low[b] : -bars.high[b];
      const best = side > 0 ? bars.high[b] : -bars.low[b];
      const [o, s, g] = [side * bars.open[b], side * low, side * high];
      if (o <= s || o >= g) exit = [b, bars.open[b]];
      else if (worst <= s) exit = [b, low];
      else if (best >= g) exit = [b, high];
    }
    exit ??= last + 1 < n ? [last + 1, bars.open[last + 1]] : null;
    if (!exit) break;
    found.push([entry, ...exit]);
    // the next entry needs a signal that was off after this one: at its exit's bar, or later
    t = off;
  }
  return found;
}

it('finds the trades that a scan ahead from each entry finds', () => {
  const rng = createRng(7);
  let trades = 0;
  for (let round = 0; round < 60; round++) {
    const n = 120;
    const signal: number[] = [];
    const rows: [number, number, number, number][] = [];
    let price = 100;
    for (let t = 0; t < n; t++) {
      signal.push(t > 0 && rng.next() < 0.85 ? signal[t - 1] : rng.int(3) - 1);
      const open = price * (1 + (rng.next() - 0.5) / 20);
      const close = open * (1 + (rng.next() - 0.5) / 15);
      const [high, low] = [
        Math.max(open, close) * (1 + rng.next() / 50),
        Math.min(open, close) * (1 - rng.next() / 50),
      ];
      rows.push([open, high, low, close]);
      price = close;
    }
    const bars = barsOf(...rows);
    const [stop, target, most] = [2 + rng.next() * 6, 3 + rng.next() * 8, 3 + rng.int(12)];
    const rules = {
      protection: { stopLoss: { percent: stop }, takeProfit: { percent: target }, timeStop: most, reEntry: AFTER_OFF },
    };
    const { targets, interventions } = applyOrderRules(rules, false, bars, Float64Array.from(signal));
    const own: [number, number, number][] = [];
    let entry = -1;
    let k = 0;
    let held = 0;
    for (let t = 0; t < n; t++) {
      const ordered = t > 0 ? targets[t - 1] : 0;
      if (ordered !== held) {
        if (held !== 0) own.push([entry, t, bars.open[t]]);
        entry = t;
        held = ordered;
      }
      for (; k < interventions.index.length && interventions.index[k] === t; k++) {
        own.push([entry, t, interventions.price[k]]);
        held = 0;
      }
    }
    const expected = tradesByScan(bars, signal, stop, target, most);
    expect(own.length).toBe(expected.length);
    own.forEach((trade, i) => trade.forEach((value, j) => expect(value).toBeCloseTo(expected[i][j], 9)));
    trades += own.length;
  }
  expect(trades).toBeGreaterThan(400);
});
