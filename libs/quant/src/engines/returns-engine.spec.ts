import fc from 'fast-check';
import { ReturnsEngine, runVectorized } from '.';
import type { AccountingMode, Costs, EngineInput, EquityPath, FillRule, Sizing } from '.';

const bits = (column: Float64Array): BigUint64Array => new BigUint64Array(column.slice().buffer);

function expectSamePath(found: EquityPath, expected: EquityPath): void {
  for (const key of ['returns', 'equity'] as const) {
    const [a, b] = [bits(found[key]), bits(expected[key])];
    const t = a.findIndex((x, i) => x !== b[i]);
    if (a.length !== b.length || t >= 0)
      throw new Error(`${key}[${t}]: ${found[key][t]} against ${expected[key][t]}, of ${b.length}`);
  }
}

const bps = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true }));
const costs = fc.record({ feeBps: bps, slippageBps: bps, spreadBps: bps });
/** Prices that may halve or double within a bar, so that shorts and leverage are ruined now and then. */
const move = fc.oneof(fc.constantFrom(0, 0.01, -0.5, 1), fc.double({ min: -0.5, max: 1, noNaN: true }));
const rows = fc.array(fc.record({ gap: move, move }), { maxLength: 40 });
const target = fc.oneof(fc.constantFrom(-2.5, -1, -0, 0, 1, 3), fc.double({ min: -3, max: 3, noNaN: true }));
/** How long a target stays is drawn too: held positions take other ways through the engine than flat ones. */
const plan = fc.array(fc.tuple(target, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 12 });
const market = fc.record({
  rows,
  mode: fc.constantFrom<AccountingMode>('weight', 'all_in', 'fixed_qty'),
  fill: fc.constantFrom<FillRule>('next_open', 'close'),
  kind: fc.constantFrom('qty', 'percent_of_equity', 'fixed_fraction_risk'),
  lot: fc.constantFrom(undefined, 0.01, 5),
  minNotional: fc.constantFrom(undefined, 500),
});
const runs = fc.array(fc.tuple(plan, costs, fc.constantFrom(undefined, 0, 30)), { minLength: 1, maxLength: 5 });

function marketOf(given: typeof market extends fc.Arbitrary<infer M> ? M : never): Omit<EngineInput, 'targets'> {
  const n = given.rows.length;
  const [open, close] = [new Float64Array(n), new Float64Array(n)];
  given.rows.forEach(({ gap, move }, t) => {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + gap);
    close[t] = open[t] * (1 + move);
  });
  const rounding = { lot: given.lot, minNotional: given.minNotional };
  const sizing: Sizing =
    given.kind === 'qty'
      ? { qty: 20, ...rounding }
      : given.kind === 'percent_of_equity'
        ? { kind: 'percent_of_equity', fraction: 1.5, ...rounding }
        : { kind: 'fixed_fraction_risk', fraction: 0.1, stopDistance: close.map((p) => p * 0.05), ...rounding };
  const zero = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
  const { mode, fill } = given;
  return { openTimeMs: close.map((_, t) => t), open, close, mode, fill, costs: zero, capital: 10_000, sizing };
}

function targetsOf(parts: readonly (readonly [number, number])[], n: number): Float64Array {
  const targets = new Float64Array(n);
  let at = 0;
  for (let k = 0; at < n; k++) {
    const [weight, bars] = parts[k % parts.length];
    targets.fill(weight, at, at + bars);
    at += bars;
  }
  return targets;
}

it('has the bits of the full run on every one of several runs in a row, whatever the mode, fill, sizing and costs', () => {
  let ruins = 0;
  fc.assert(
    fc.property(market, runs, (given, several) => {
      const input = marketOf(given);
      const engine = new ReturnsEngine(input);
      for (const [parts, proportional, fixed] of several) {
        const paid: Costs = { ...proportional, fixedFee: input.mode === 'fixed_qty' ? fixed : undefined };
        const targets = targetsOf(parts, input.close.length);
        const expected = runVectorized({ ...input, targets, costs: paid });
        expectSamePath(engine.run(targets, { costs: paid }), expected);
        if (expected.equity[expected.equity.length - 1] === 0) ruins += 1;
      }
    }),
    { numRuns: 600 },
  );
  // the arrays a ruined run leaves must not show in the next one
  expect(ruins).toBeGreaterThan(20);
});

it('takes the costs of its input where a run names none', () => {
  const close = Float64Array.of(100, 110, 121, 100);
  const base = { openTimeMs: close, close, mode: 'all_in', fill: 'close' } as const;
  const paid = { feeBps: 10, slippageBps: 0, spreadBps: 0 };
  const targets = Float64Array.of(1, 1, 0, 0);
  // 1.21 on the way up, the fee on the way in and out
  const [, , value] = new ReturnsEngine({ ...base, costs: paid }).run(targets).equity;
  expect(value).toBeCloseTo((1.21 / 1.001) * 0.999, 12);
});

it('refuses what the full run refuses, prices at once and targets and costs with each run', () => {
  const close = Float64Array.of(100, 110, 121);
  const zero = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
  const base = { openTimeMs: close, close, mode: 'weight', fill: 'close', costs: zero } as const;
  expect(() => new ReturnsEngine({ ...base, close: Float64Array.of(100, 0, 1) })).toThrow(
    'close[1] must be a positive finite price, was 0',
  );
  expect(() => new ReturnsEngine({ ...base, fill: 'next_open' })).toThrow('open must be given for fill next_open');
  expect(() => new ReturnsEngine({ ...base, mode: 'fixed_qty' })).toThrow('sizing must be given in mode fixed_qty');
  const engine = new ReturnsEngine(base);
  expect(() => engine.run(Float64Array.of(1, NaN, 0))).toThrow('targets[1] must be a finite weight, was NaN');
  expect(() => engine.run(Float64Array.of(1, 0))).toThrow('targets.length must be 3 like close, was 2');
  expect(() => engine.run(close, { costs: { ...zero, feeBps: -1 } })).toThrow(
    'costs.feeBps must be a finite number >= 0, was -1',
  );
  expect(() => engine.run(close, { costs: { ...zero, fixedFee: 1 } })).toThrow(
    'costs.fixedFee must be used with capital',
  );
});
