import fc from 'fast-check';
import { naiveBarIndicators } from '../../../testing/src/quant/naive-bar-indicators';
import { naivePriceIndicators } from '../../../testing/src/quant/naive-price-indicators';
import type { Columns } from '../../../testing/src/quant/naive-price-indicators';
import { createRng } from '../random';
import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';
import type { Indicator, Parameters } from './indicator';
import { strategyJsonIndicators } from './strategy-json';

const every: Indicator[] = [...indicators.values(), ...(strategyJsonIndicators.values() as Iterable<Indicator>)];
const naive = { ...naivePriceIndicators, ...naiveBarIndicators };

/** Seeded bars; a positive `tick` makes equal prices, ranges of nothing and quiet stretches common. */
function bars(seed: number, n: number, tick: number): Columns {
  const rng = createRng(seed);
  const round = (x: number): number => (tick > 0 ? Math.max(Math.round(x / tick), 1) * tick : x);
  const columns: Columns = { open: [], high: [], low: [], close: [], volume: [], value: [] };
  let price = 100;
  let quiet = 0;
  for (let i = 0; i < n; i++) {
    quiet = tick > 0 && rng.next() < 0.04 ? 1 + rng.int(12) : Math.max(quiet - 1, 0);
    const move = quiet > 0 ? 0 : 0.03;
    const open = quiet > 0 && i > 0 ? columns.close[i - 1] : round(price * (1 + 0.01 * rng.normal()));
    price = quiet > 0 ? open : Math.min(Math.max(price * (1 + move * rng.normal()), 20), 400);
    const close = round(price);
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(round(Math.max(open, close) * (1 + (move / 2) * rng.next())));
    columns.low.push(round(Math.min(open, close) * (1 - (move / 2) * rng.next())));
    columns.volume.push(rng.next() < 0.2 ? 0 : rng.int(1000));
    columns.value.push(tick > 0 ? Math.floor(i / 4) * tick + tick : 100 + 10 * rng.normal());
  }
  return columns;
}

function parametersOf(indicator: Indicator, seed: number): Parameters {
  const rng = createRng(`${indicator.key} ${seed}`);
  for (;;) {
    const params: Parameters = {};
    for (const [name, spec] of Object.entries(indicator.parameters)) {
      const top = Math.min(spec.max ?? Infinity, spec.min + (spec.integer ? 12 : 2));
      params[name] = spec.integer ? spec.min + rng.int(top - spec.min + 1) : spec.min + (top - spec.min) * rng.next();
    }
    try {
      indicator.lookback(params);
      return params;
    } catch {
      // the parameters contradict each other: draw again
    }
  }
}

/** Ranges of sums that differ by rounding only have no reference: these get prices without ties. */
const withoutTies = new Set(['hurst']);

it('every indicator of both catalogs has a definition to be held against', () => {
  expect(Object.keys(naive).sort()).toEqual(every.map((indicator) => indicator.key).sort());
});

describe.each(every.map((indicator) => [indicator.key, indicator] as const))('%s', (key, indicator) => {
  it('is its definition, for any parameters and bars, at every bar', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 90 }),
        fc.constantFrom(0, 0.5, 4, 0.1, 3.3),
        fc.nat(),
        (seed, n, tick, p) => {
          const columns = bars(seed, n, withoutTies.has(key) ? 0 : tick);
          const params = parametersOf(indicator, p);
          const input = indicator.inputs.map((name) => Float64Array.from(columns[name]));
          const found = computeIndicator(indicator, input, params);
          naive[key](columns, params).forEach((expected, c) => {
            if (expected.length !== n) throw new Error(`the reference has ${expected.length} of ${n} bars`);
            expected.forEach((value, i) => {
              const same = Number.isNaN(value)
                ? Number.isNaN(found[c][i])
                : Math.abs(found[c][i] - value) <= 1e-8 * Math.max(1, Math.abs(value));
              if (!same)
                throw new Error(
                  `${indicator.outputs[c]}[${i}]: ${found[c][i]} against ${value} with ${JSON.stringify(params)}`,
                );
            });
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
