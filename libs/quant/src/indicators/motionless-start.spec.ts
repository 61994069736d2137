import { naiveBarIndicators } from '../../../testing/src/quant/naive-bar-indicators';
import { naivePriceIndicators } from '../../../testing/src/quant/naive-price-indicators';
import { createRng } from '../random';
import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';

/** `quiet` equal bars, then movement, then quiet again. */
function barsOf(quiet: number, moving: number, end: number) {
  const rng = createRng(`${quiet} ${moving}`);
  let price = 100;
  const close = Array.from({ length: quiet + moving + end }, (_, i) => {
    if (i >= quiet && i < quiet + moving) price += rng.normal();
    return price;
  });
  const wide = close.map((_, i) => (i >= quiet && i < quiet + moving ? 0.5 * rng.next() : 0));
  return {
    open: close,
    high: close.map((x, i) => x + wide[i]),
    low: close.map((x, i) => x - wide[i]),
    close,
    volume: close,
    value: close,
  };
}

const run = (key: string, columns: ReturnType<typeof barsOf>, params: Record<string, number>): Float64Array => {
  const indicator = indicators.get(key)!;
  return computeIndicator(
    indicator,
    indicator.inputs.map((name) => Float64Array.from(columns[name])),
    params,
  )[0];
};

const same = (found: Float64Array, expected: number[]): void =>
  expected.forEach((value, i) => {
    if (Number.isNaN(value)) expect(found[i]).toBeNaN();
    else expect(Math.abs(found[i] - value)).toBeLessThan(1e-9);
  });

describe.each([0, 5, 14, 20, 40])('after %d motionless bars', (quiet) => {
  const columns = barsOf(quiet, 40, 20);

  it('ADX starts at 2 window - 1 like that of TA-Lib, and stands still where nothing moves', () => {
    for (const window of [2, 5, 14]) {
      const found = run('adx', columns, { window });
      same(found, naiveBarIndicators.adx(columns, { window })[0]);
      expect(found.findIndex((x) => !Number.isNaN(x))).toBe(2 * window - 1);
    }
  });

  it('KAMA has efficiency 1 over a window without movement', () => {
    for (const window of [2, 5, 10])
      same(run('kama', columns, { window }), naivePriceIndicators.kama(columns, { window })[0]);
  });
});

it('ADX of bars that never move is 0', () => {
  const found = run('adx', barsOf(40, 0, 0), { window: 14 });
  expect([...found.slice(26, 30)]).toEqual([NaN, 0, 0, 0]);
});

it('KAMA at rest goes to the price with the quickest constant, (2/3)^2', () => {
  const close = [1, 2, 3, 4, 10, 10, 10, 10, 10];
  const columns = { open: close, high: close, low: close, close, volume: close, value: close };
  const found = run('kama', columns, { window: 3 });
  const gaps = [...found].map((x) => 10 - x);
  // from the bar on whose window holds equal prices only
  expect(gaps[7] / gaps[6]).toBeCloseTo(5 / 9, 12);
  expect(gaps[8] / gaps[7]).toBeCloseTo(5 / 9, 12);
});
