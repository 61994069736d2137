import fc from 'fast-check';
import { applyOrderRules, reasonOf } from '.';
import type { OrderRules, PriceDistance, ProtectionRules } from '.';

interface Bars {
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
}
interface Held {
  side: number;
  entry: number;
  /** First bar whose extremes came after the entry; of the entry's own bar only the close where it was filled in its middle. */
  since: number;
  within: number;
  /** Bars that it was held at the close of. */
  from: number;
}
interface Resting {
  side: number;
  level: number;
  weight: number;
  last: number;
}
interface Happened {
  t: number;
  price: number;
  weight: number;
  reason: string;
}

const atLeast = (a: number, b: number): boolean => a >= b - 1e-12 * Math.max(Math.abs(a), Math.abs(b));

/** Wilder's average true range as the books write it. */
function rangeAt({ high, low, close }: Bars, window: number, t: number): number {
  if (t < window) return NaN;
  const tr = (i: number): number => Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1]);
  let value = 0;
  for (let i = 1; i <= window; i++) value += tr(i) / window;
  for (let i = window + 1; i <= t; i++) value += (tr(i) - value) / window;
  return value;
}

/** The page on strategies read as a program: everything is looked up again in the past at every bar. */
function twin({ protection: p, entryOrder }: OrderRules, atClose: boolean, bars: Bars, wanted: Float64Array) {
  const { open, high, low, close } = bars;
  const targets: number[] = [];
  const happened: Happened[] = [];
  const timed: number[] = [];
  let held = null as Held | null;
  let order = null as Resting | null;
  let decidedAt = -1;
  let want = 0;
  let off = 0;
  let quietUntil = -1;

  const away = (price: number, d: PriceDistance, toward: number): number =>
    'percent' in d
      ? price * (1 + (toward * d.percent) / 100)
      : price + toward * d.atr * rangeAt(bars, d.window, decidedAt);
  const best = (h: Held, follows: string, t: number): number => {
    const seen = [h.entry];
    for (let i = h.from; i < t; i++) {
      seen.push(close[i]);
      if (follows === 'extreme' && i >= h.since) seen.push(h.side > 0 ? high[i] : low[i]);
    }
    return h.side > 0 ? Math.max(...seen) : Math.min(...seen);
  };
  /** Stops of bar t, made of what was over before it. */
  const stops = (h: Held, t: number): { price: number; reason: string }[] => {
    const all: { price: number; reason: string }[] = [];
    if (p?.stopLoss) all.push({ price: away(h.entry, p.stopLoss, -h.side), reason: 'stop_loss' });
    if (p?.breakeven && t > h.from) {
      const moved = away(h.entry, p.breakeven, h.side);
      const far = best(h, 'extreme', t);
      if (h.side > 0 ? atLeast(far, moved) : atLeast(moved, far)) all.push({ price: h.entry, reason: 'breakeven' });
    }
    if (p?.trailingStop) {
      all.push({ price: away(best(h, p.trailingStop.follows, t), p.trailingStop, -h.side), reason: 'trailing_stop' });
    }
    return all.sort((a, b) => h.side * (b.price - a.price));
  };
  const exit = (t: number, price: number, reason: string, closesFrom: number): void => {
    happened.push({ t, price, weight: 0, reason });
    left(held!.side, closesFrom);
    held = null;
  };
  const left = (side: number, closesFrom: number): void => {
    if (p === undefined || p.reEntry.rule === 'immediately') return;
    if (p.reEntry.rule === 'after_signal_off') off = side;
    else quietUntil = closesFrom + p.reEntry.bars - 1;
  };
  const market = (t: number, price: number): void => {
    const side = Math.sign(want);
    if (side === (held?.side ?? 0)) return;
    const from = atClose ? t + 1 : t;
    held = side === 0 ? null : { side, entry: price, since: from, within: -1, from };
  };

  for (let t = 0; t < close.length; t++) {
    if (!atClose && t > 0) market(t, open[t]);
    if (order !== null) {
      const o: Resting = order;
      const up = (entryOrder!.type === 'stop') === o.side > 0;
      const reaches = (price: number): boolean => (up ? atLeast(price, o.level) : atLeast(o.level, price));
      const early = reaches(open[t]);
      if (early || reaches(up ? high[t] : low[t])) {
        const price = early ? open[t] : o.level;
        happened.push({ t, price, weight: o.weight, reason: 'signal' });
        held = { side: o.side, entry: price, since: early ? t : t + 1, within: early ? -1 : t, from: t };
        want = o.weight;
        order = null;
      } else if (t === o.last) {
        order = null;
        off = o.side;
      }
    }
    if (held !== null) {
      const h: Held = held;
      const [stop] = stops(h, t);
      const target = p?.takeProfit && away(h.entry, p.takeProfit, h.side);
      const lost = (price: number): boolean =>
        stop !== undefined && (h.side > 0 ? atLeast(stop.price, price) : atLeast(price, stop.price));
      const won = (price: number): boolean =>
        target !== undefined && (h.side > 0 ? atLeast(price, target) : atLeast(target, price));
      const [worst, top] = h.side > 0 ? [low[t], high[t]] : [high[t], low[t]];
      const whole = h.within !== t;
      if (whole && lost(open[t])) exit(t, open[t], stop.reason, t);
      else if (whole && won(open[t])) exit(t, open[t], 'take_profit', t);
      else if (lost(worst)) exit(t, stop.price, stop.reason, t);
      else if (whole && won(top)) exit(t, target!, 'take_profit', t);
    }
    // the close
    const side = Math.sign(wanted[t]);
    if (side !== off) off = 0;
    if (order !== null && order.side !== side) order = null;
    let next = 0;
    if (side !== 0 && side === held?.side) {
      const bars = t - held.from + 1;
      if (p?.timeStop !== undefined && bars >= p.timeStop) {
        timed.push(t);
        left(side, atClose ? t : t + 1);
      } else next = wanted[t];
    } else if (side !== 0 && order?.side === side) order.weight = wanted[t];
    else if (side !== 0 && t > quietUntil && off !== side) {
      const distances = [p?.stopLoss, p?.takeProfit, p?.trailingStop, p?.breakeven, entryOrder?.offset];
      const known = distances.every((d) => !d || 'percent' in d || !Number.isNaN(rangeAt(bars, d.window, t)));
      if (known) {
        decidedAt = t;
        if (entryOrder === undefined) next = wanted[t];
        else {
          const level = away(close[t], entryOrder.offset, entryOrder.type === 'stop' ? side : -side);
          if (level > 0) order = { side, level, weight: wanted[t], last: t + entryOrder.expiresAfterBars };
        }
      }
    }
    want = next;
    targets.push(next);
    if (atClose) market(t, close[t]);
  }
  return { targets, happened, timed };
}

/** Prices in whole ticks and round distances, so that levels are met exactly, gapped over and tied all the time. */
const rows = fc.array(
  fc.record({
    gap: fc.integer({ min: -8, max: 8 }),
    move: fc.integer({ min: -6, max: 6 }),
    up: fc.integer({ min: 0, max: 6 }),
    down: fc.integer({ min: 0, max: 6 }),
    target: fc.constantFrom(-1, 0, 0.5, 1, 1.5),
    keep: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);
const distance: fc.Arbitrary<PriceDistance> = fc.oneof(
  fc.record({ percent: fc.constantFrom(1, 2, 5, 10) }),
  fc.record({ atr: fc.constantFrom(0.5, 1, 2), window: fc.integer({ min: 1, max: 4 }) }),
);
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const protection: fc.Arbitrary<ProtectionRules> = fc.record({
  stopLoss: maybe(distance),
  takeProfit: maybe(distance),
  trailingStop: maybe(
    fc
      .tuple(distance, fc.constantFrom('close' as const, 'extreme' as const))
      .map(([d, follows]) => ({ ...d, follows })),
  ),
  breakeven: maybe(distance),
  timeStop: maybe(fc.integer({ min: 1, max: 6 })),
  reEntry: fc.oneof(
    fc.constant({ rule: 'after_signal_off' as const }),
    fc.constant({ rule: 'immediately' as const }),
    fc.integer({ min: 1, max: 4 }).map((bars) => ({ rule: 'after_bars' as const, bars })),
  ),
});
const rules: fc.Arbitrary<OrderRules> = fc.record({
  protection: maybe(protection),
  entryOrder: maybe(
    fc.record({
      type: fc.constantFrom('limit' as const, 'stop' as const),
      offset: distance,
      expiresAfterBars: fc.integer({ min: 1, max: 4 }),
    }),
  ),
});

describe('the rules of a position against a plain reading of them', () => {
  it('give the same targets, fills and reasons at prices in ticks', () => {
    let exits = 0;
    fc.assert(
      fc.property(rows, rules, fc.boolean(), (list, ruled, atClose) => {
        const n = list.length;
        const bars = {
          open: new Float64Array(n),
          high: new Float64Array(n),
          low: new Float64Array(n),
          close: new Float64Array(n),
        };
        const wanted = new Float64Array(n);
        list.forEach(({ gap, move, up, down, target, keep }, t) => {
          bars.open[t] = Math.max(20, (t > 0 ? bars.close[t - 1] : 100) + gap);
          bars.close[t] = Math.max(20, bars.open[t] + move);
          bars.high[t] = Math.max(bars.open[t], bars.close[t]) + up;
          bars.low[t] = Math.min(bars.open[t], bars.close[t]) - down;
          wanted[t] = keep > 0 && t > 0 ? wanted[t - 1] : target;
        });
        const plain = twin(ruled, atClose, bars, wanted);
        const { targets, interventions: acts } = applyOrderRules(ruled, atClose, bars, wanted);
        expect([...targets]).toEqual(plain.targets);
        expect([...acts.index]).toEqual(plain.happened.map(({ t }) => t));
        expect([...acts.weight]).toEqual(plain.happened.map(({ weight }) => weight));
        plain.happened.forEach(({ price, reason }, k) => {
          expect(Math.abs(acts.price[k] - price)).toBeLessThan(1e-9);
          expect(reasonOf(acts.reason[k])).toBe(reason);
        });
        expect([...acts.decided.keys()].filter((t) => acts.decided[t] > 0)).toEqual(plain.timed);
        exits += plain.happened.filter(({ weight }) => weight === 0).length;
      }),
      { numRuns: 1500, seed: 21 },
    );
    expect(exits).toBeGreaterThan(500);
  });
});
