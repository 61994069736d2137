import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createRng } from '../random';
import { indicators } from './catalog';
import type { BarColumn, Indicator } from './indicator';
import { strategyJsonIndicators } from './strategy-json';

const every: Indicator[] = [...indicators.values(), ...(strategyJsonIndicators.values() as Iterable<Indicator>)];

/** Docstring and key of every indicator defined in the folders of the families. */
function docstrings(): Map<string, string> {
  const found = new Map<string, string>();
  const families = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of families) {
    for (const file of readdirSync(join(__dirname, name)).filter((f) => f.endsWith('.ts') && !f.includes('.spec.'))) {
      const source = readFileSync(join(__dirname, name, file), 'utf8');
      for (const [, text, key] of source.matchAll(
        /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+(?:: \w+)? = (?:defineIndicator\()?\{[^]*?key: '(\w+)'/g,
      ))
        found.set(key, text);
    }
  }
  return found;
}

it('every docstring states what it computes, its lookback, its cost per bar and its source', () => {
  const texts = docstrings();
  expect([...texts.keys()].sort()).toEqual(every.map(({ key }) => key).sort());
  for (const [key, text] of texts) {
    const lacks = [/Lookback/, /O\(.+\)/, /Source:/].filter((part) => !part.test(text)).map(String);
    expect([key, lacks]).toEqual([key, []]);
  }
});

describe.each(every.map((indicator) => [indicator.key, indicator] as const))('%s', (_key, indicator) => {
  const n = 90;
  const bar = (seed: number): ((t: number) => Float64Array) => {
    const rng = createRng(seed);
    const rows = Array.from({ length: n }, (_, t) => {
      const [open, close] = [100 + 3 * rng.normal(), Math.round(100 + 3 * rng.normal())];
      const columns: Record<BarColumn, number> = {
        open,
        close: t % 20 > 14 ? 100 : close,
        high: Math.max(open, close, 100) + rng.next(),
        low: Math.min(open, close, 100) - rng.next(),
        volume: rng.int(3),
        value: t % 9 === 8 ? -0 : Math.floor(t / 6),
      };
      if (t === 40) columns[indicator.inputs[rng.int(indicator.inputs.length)]] = NaN;
      return Float64Array.from(indicator.inputs, (name) => columns[name]);
    });
    return (t) => rows[t];
  };

  it('goes on with the same bits from a state that was written as JSON', () => {
    const smallest = Object.fromEntries(Object.entries(indicator.parameters).map(([k, spec]) => [k, spec.min]));
    const params = indicator.key === 'macd' ? { fast: 2, slow: 5, signal: 3 } : smallest;
    fc.assert(
      fc.property(fc.nat(), fc.nat(n - 1), (seed, cut) => {
        const rows = bar(seed);
        const whole = indicator.stream(params);
        const [a, b] = [0, 1].map(() => new Float64Array(indicator.outputs.length));
        for (let t = 0; t < cut; t++) whole.update(rows(t), a);
        const text = JSON.stringify([...whole.save()]);
        expect(text).not.toContain('null');
        const rest = indicator.stream(params);
        rest.load(Float64Array.from(JSON.parse(text) as number[]));
        for (let t = cut; t < n; t++) {
          whole.update(rows(t), a);
          rest.update(rows(t), b);
          // JSON knows no sign of zero
          if (!b.every((x, c) => Object.is(x + 0, a[c] + 0)))
            throw new Error(`bar ${t}: ${b.join()} against ${a.join()}`);
        }
      }),
      { numRuns: 10 },
    );
  });
});
