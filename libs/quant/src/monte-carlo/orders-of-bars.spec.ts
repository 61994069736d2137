import fc from 'fast-check';
import { createRng } from '../random';
import { delayed, hasOtherTimings, randomTimer, resampleBars, tradeShuffler, withMissedFills } from '.';

const weights = fc
  .array(fc.constantFrom(-1, -0.5, 0, 0, 0.5, 1), { minLength: 1, maxLength: 60 })
  .map(Float64Array.from.bind(Float64Array)) as fc.Arbitrary<Float64Array>;

/** Lengths with weights of the stretches of one side, written from the definition. */
function stretches(held: Float64Array): string[] {
  const found: string[] = [];
  let run: number[] = [];
  const end = (): void => {
    if (run.length > 0) found.push(run.join());
    run = [];
  };
  held.forEach((weight, t) => {
    if (weight === 0 || (t > 0 && Math.sign(weight) !== Math.sign(held[t - 1]))) end();
    if (weight !== 0) run.push(weight);
  });
  end();
  return found;
}

describe('tradeShuffler', () => {
  it('orders every bar once, keeps trades whole and what lies before the first in front', () => {
    const next = tradeShuffler('s', 10, [2, 5, 8]);
    const order = new Int32Array(10);
    const seen = new Set<string>();
    for (let k = 0; k < 200; k++) {
      next(order);
      expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect([...order].join('')).toMatch(/^01(?=.*234)(?=.*567)(?=.*89)/);
      seen.add(order.join());
    }
    expect(seen.size).toBe(6);
  });

  it('refuses an entry outside of the bars', () => {
    expect(() => tradeShuffler(1, 5, [5])).toThrow('entries must be bars from 0 to 4, was 5');
  });
});

describe('randomTimer', () => {
  it('holds the same stretches for the same bars, at other times', () => {
    fc.assert(
      fc.property(weights, fc.integer(), (held, seed) => {
        const drawn = new Float64Array(held.length);
        randomTimer(seed, held)(drawn);
        expect([...drawn].sort()).toEqual([...held].sort());
        // stretches of one side may touch; what they are made of is the same
        const pieces = stretches(held).sort();
        expect(stretches(drawn).length).toBeLessThanOrEqual(pieces.length);
      }),
    );
  });

  it('puts a run at every place equally often', () => {
    const next = randomTimer(5, Float64Array.of(0, 1, 1, 0, 0, 0));
    const counts = new Map<number, number>();
    const drawn = new Float64Array(6);
    for (let k = 0; k < 5_000; k++) {
      next(drawn);
      const at = drawn.indexOf(1);
      expect(drawn[at + 1]).toBe(1);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('knows where there is no other time', () => {
    const of = (...held: number[]): boolean => hasOtherTimings(Float64Array.from(held));
    expect([of(0, 0), of(1, 1), of(1, -1), of(0, 1), of()]).toEqual([false, false, true, true, false]);
  });
});

describe('resampleBars', () => {
  const prices = { open: [10, 11, 12, 9], high: [12, 13, 13, 10], low: [9, 10, 9, 8], close: [11, 12, 9, 10] };
  const columns = (rows: typeof prices) => ({
    open: Float64Array.from(rows.open),
    high: Float64Array.from(rows.high),
    low: Float64Array.from(rows.low),
    close: Float64Array.from(rows.close),
  });
  const empty = () => columns({ open: [0, 0, 0, 0], high: [0, 0, 0, 0], low: [0, 0, 0, 0], close: [0, 0, 0, 0] });

  it('is the history itself in its own order', () => {
    const into = empty();
    resampleBars(columns(prices), Int32Array.of(1, 2, 3), into);
    for (const name of ['open', 'high', 'low', 'close'] as const)
      into[name].forEach((price, t) => expect(price).toBeCloseTo(prices[name][t], 12));
  });

  it('puts the shape of a bar on the close before', () => {
    const into = empty();
    resampleBars(columns(prices), Int32Array.of(3, 3, 1), into);
    expect(into.close[1]).toBeCloseTo(11 * (10 / 9), 12);
    expect(into.close[2]).toBeCloseTo(11 * (10 / 9) ** 2, 12);
    expect(into.low[3]).toBeCloseTo(into.close[2] * (10 / 11), 12);
    expect(into.high[3] / into.close[3]).toBeCloseTo(13 / 12, 12);
  });
});

describe('orders that come late', () => {
  it('are decided one bar later', () => {
    expect([...delayed(Float64Array.of(1, 0, -1, 1))]).toEqual([0, 1, 0, -1]);
    expect([...delayed(Float64Array.of(1, 2), 5)]).toEqual([0, 0]);
  });

  it('miss a fill and are sent anew at the next close', () => {
    const draws = [0.01, 0.9, 0.9, 0.04, 0.02, 0.5];
    const rng = { next: () => draws.shift()! };
    const wanted = Float64Array.of(0, 1, 1, 1, 0, -1, -1, -1);
    // missed, filled, (in force), filled, missed, missed, filled
    expect([...withMissedFills(wanted, 0.05, rng)]).toEqual([0, 0, 1, 1, 0, 0, 0, -1]);
    expect(draws).toEqual([]);
  });

  it('miss nothing at a share of 0, and about the share of all orders otherwise', () => {
    const wanted = Float64Array.from({ length: 20_000 }, (_, t) => t % 2);
    expect(withMissedFills(wanted, 0, createRng(1))).toEqual(wanted);
    const got = withMissedFills(wanted, 0.05, createRng(1));
    const missed = got.filter((weight, t) => weight !== wanted[t]).length / wanted.length;
    expect(Math.abs(missed - 0.05)).toBeLessThan(0.01);
    expect(() => withMissedFills(wanted, 1, createRng(1))).toThrow('share must be from 0 to below 1, was 1');
  });
});
