import fc from 'fast-check';
import { naiveUnits, naiveWeight } from '../../../testing/src/quant/naive-engine';
import { runEvent, runVectorized } from '.';
import type { AccountingMode, EngineInput, FillRule, Sizing } from '.';

const move = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -0.2, max: 0.25, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0.9, 1.5) },
);
const rows = fc.array(
  fc.record({ gap: move, move, target: fc.constantFrom(-2, -1, -0.5, 0, 0, 0.5, 1, 3), keep: fc.boolean() }),
  { maxLength: 40 },
);
const bps = fc.constantFrom(0, 3, 40);
const settings = fc.record({
  mode: fc.constantFrom<AccountingMode>('weight', 'all_in', 'fixed_qty'),
  fill: fc.constantFrom<FillRule>('next_open', 'close'),
  costs: fc.record({ feeBps: bps, slippageBps: bps, spreadBps: bps }),
  fixedFee: fc.constantFrom(0, 2),
  kind: fc.constantFrom('qty', 'percent_of_equity', 'fixed_fraction_risk'),
  lot: fc.constantFrom(undefined, 0.1, 3),
  minNotional: fc.constantFrom(undefined, 50, 2000),
  undefinedStops: fc.boolean(),
});

const scenario = fc.tuple(rows, settings).map(([list, s]): EngineInput => {
  const open = new Float64Array(list.length);
  const close = new Float64Array(list.length);
  const targets = new Float64Array(list.length);
  list.forEach((row, t) => {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + row.gap);
    close[t] = open[t] * (1 + row.move);
    targets[t] = row.keep && t > 0 ? targets[t - 1] : row.target;
  });
  const rounding = { lot: s.lot, minNotional: s.minNotional };
  const stopDistance = close.map((price, t) => (s.undefinedStops && t % 3 === 0 ? NaN : price * 0.1));
  const sizings: Record<string, Sizing> = {
    qty: { qty: 20, ...rounding },
    percent_of_equity: { kind: 'percent_of_equity', fraction: 0.7, ...rounding },
    fixed_fraction_risk: { kind: 'fixed_fraction_risk', fraction: 0.05, stopDistance, ...rounding },
  };
  return {
    openTimeMs: close.map((_, t) => t),
    open,
    high: open.map((o, t) => Math.max(o, close[t]) * 1.02),
    low: open.map((o, t) => Math.min(o, close[t]) * 0.97),
    close,
    targets,
    mode: s.mode,
    fill: s.fill,
    costs: { ...s.costs, fixedFee: s.mode === 'fixed_qty' ? s.fixedFee : 0 },
    capital: 10_000,
    sizing: sizings[s.kind],
  };
});

const near = (x: number, y: number): boolean =>
  (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(y));

describe.each([
  ['vectorized', runVectorized],
  ['event', runEvent],
])('%s engine', (_name, run) => {
  it('has the equity and the trades of a naive account in every mode', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        const expected = input.mode === 'weight' ? naiveWeight(input) : naiveUnits(input);
        const { equity, trades } = run(input);
        expected.equity.forEach((value, t) => {
          if (!near(equity[t], value)) throw new Error(`equity[${t}]: ${equity[t]} against ${value}`);
        });
        expect(trades.map((t) => `${t.side} ${t.entryIndex} to ${t.exitIndex}: ${t.reason}`)).toEqual(
          expected.trades.map((t) => `${t.side} ${t.entryIndex} to ${t.exitIndex}: ${t.reason}`),
        );
        expected.trades.forEach((trade, i) => {
          for (const [key, value] of Object.entries(trade)) {
            const found = trades[i][key as keyof typeof trade];
            if (typeof value === 'number' && !near(found as number, value))
              throw new Error(`trade ${i} ${key}: ${found} against ${value}`);
          }
        });
      }),
      { numRuns: 400 },
    );
  });
});

describe('ruin between two closes', () => {
  const column = (...x: number[]): Float64Array => Float64Array.from(x);
  const input = (open: Float64Array, close: Float64Array, mode: AccountingMode): EngineInput => ({
    openTimeMs: close.map((_, t) => t),
    open,
    close,
    targets: close.map(() => -2),
    mode,
    fill: 'next_open',
    costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 },
  });

  it.each(['vectorized', 'event'] as const)(
    '%s: a short that an open ruins does not live to see a lower close',
    (name) => {
      const run = name === 'event' ? runEvent : runVectorized;
      const { equity, returns, trades } = run(input(column(100, 100, 250), column(100, 100, 25), 'all_in'));
      expect([[...equity], [...returns]]).toEqual([
        [1, 1, 0],
        [0, 0, -1],
      ]);
      expect(trades).toMatchObject([{ side: 'short', entryIndex: 1, exitIndex: 2, exitPrice: 250, reason: 'ruin' }]);
    },
  );

  it.each(['vectorized', 'event'] as const)(
    '%s: a trade ruined during the day ends on that day, with its loss',
    (name) => {
      const run = name === 'event' ? runEvent : runVectorized;
      const { trades } = run(input(column(100, 100, 90), column(100, 160, 90), 'weight'));
      expect(trades).toMatchObject([{ entryIndex: 1, exitIndex: 1, exitPrice: 160, reason: 'ruin', barsHeld: 0 }]);
      expect(trades[0].grossReturn).toBeCloseTo(-1.2, 12);
    },
  );
});
