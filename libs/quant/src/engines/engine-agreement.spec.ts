import fc from 'fast-check';
import { runEvent, runVectorized } from '.';
import type { AccountingMode, EngineInput, FillRule, Sizing } from '.';

const days = (n: number): Float64Array => Float64Array.from({ length: n }, (_, t) => t * 86_400_000);

const bars = fc.array(
  fc.record({
    gap: fc.double({ min: -0.2, max: 0.25, noNaN: true }),
    move: fc.double({ min: -0.3, max: 0.4, noNaN: true }),
    target: fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: -1.5, max: 1.5, noNaN: true })),
    keep: fc.boolean(),
  }),
  { maxLength: 60 },
);
const settings = fc.record({
  mode: fc.constantFrom<AccountingMode>('weight', 'all_in', 'fixed_qty'),
  fill: fc.constantFrom<FillRule>('next_open', 'close'),
  feeBps: fc.double({ min: 0, max: 50, noNaN: true }),
  slippageBps: fc.double({ min: 0, max: 50, noNaN: true }),
  spreadBps: fc.double({ min: 0, max: 50, noNaN: true }),
  fixedFee: fc.double({ min: 0, max: 5, noNaN: true }),
  kind: fc.constantFrom('qty', 'percent_of_equity', 'fixed_fraction_risk'),
  lot: fc.option(fc.constantFrom(0.01, 1, 5), { nil: undefined }),
  minNotional: fc.option(fc.constantFrom(10, 500), { nil: undefined }),
});

const scenario = fc.tuple(bars, settings).map(([rows, s]): EngineInput => {
  const n = rows.length;
  const open = new Float64Array(n);
  const close = new Float64Array(n);
  const targets = new Float64Array(n);
  rows.forEach(({ gap, move, target, keep }, t) => {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + gap);
    close[t] = open[t] * (1 + move);
    targets[t] = keep && t > 0 ? targets[t - 1] : target;
  });
  const rounding = { lot: s.lot, minNotional: s.minNotional };
  const sizing: Sizing =
    s.kind === 'qty'
      ? { qty: 20, ...rounding }
      : s.kind === 'percent_of_equity'
        ? { kind: 'percent_of_equity', fraction: 0.8, ...rounding }
        : { kind: 'fixed_fraction_risk', fraction: 0.02, stopDistance: close.map((p) => p * 0.05), ...rounding };
  return {
    openTimeMs: days(n),
    open,
    high: open.map((o, t) => Math.max(o, close[t]) * 1.01),
    low: open.map((o, t) => Math.min(o, close[t]) * 0.99),
    close,
    targets,
    mode: s.mode,
    fill: s.fill,
    costs: {
      feeBps: s.feeBps,
      slippageBps: s.slippageBps,
      spreadBps: s.spreadBps,
      fixedFee: s.mode === 'fixed_qty' ? s.fixedFee : 0,
    },
    capital: 10_000,
    sizing,
  };
});

/** The formulas of the page of rulings, term by term, without the engines' code. */
function referenceReturns({ open, close, targets: p, fill, costs }: EngineInput): number[] {
  const c = (costs.feeBps + costs.slippageBps + costs.spreadBps / 2) / 1e4;
  const at = (t: number): number => (t < 0 ? 0 : p[t]);
  return [...close].map((price, t) => {
    if (fill === 'close') return (t > 0 ? at(t - 1) * (price / close[t - 1] - 1) : 0) - c * Math.abs(at(t) - at(t - 1));
    if (t === 0) return 0;
    return (
      (1 + at(t - 2) * (open![t] / close[t - 1] - 1)) * (1 + at(t - 1) * (price / open![t] - 1)) -
      1 -
      c * Math.abs(at(t - 1) - at(t - 2))
    );
  });
}

describe('both engines', () => {
  it('agree to 1e-9 on returns, equity and trades over random prices, targets, costs and modes', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        const a = runVectorized(input);
        const b = runEvent(input);
        const close = (x: number, y: number): boolean =>
          x === y || Math.abs(x - y) <= 1e-9 || (Number.isNaN(x) && Number.isNaN(y));
        for (const key of ['returns', 'equity', 'positions'] as const) {
          a[key].forEach((value, t) => {
            if (!close(value, b[key][t])) throw new Error(`${key}[${t}]: ${value} against ${b[key][t]}`);
          });
        }
        expect(a.trades.map((t) => [t.side, t.entryIndex, t.exitIndex, t.reason])).toEqual(
          b.trades.map((t) => [t.side, t.entryIndex, t.exitIndex, t.reason]),
        );
        a.trades.forEach((trade, i) => {
          for (const key of [
            'entryPrice',
            'exitPrice',
            'quantity',
            'grossReturn',
            'netReturn',
            'fees',
            'mae',
            'mfe',
          ] as const) {
            // a fixed fee on next to no units makes returns of any size: of the huge ones the share counts
            const size = Math.abs(trade[key]);
            const scale = size > 1e4 && size < Infinity ? size : 1e4;
            if (!close(trade[key] / scale, b.trades[i][key] / scale))
              throw new Error(`${key}: ${trade[key]} against ${b.trades[i][key]}`);
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  it.each(['weight', 'all_in'] as const)(
    'call a loss of everything ruin although rounding leaves a trace, %s',
    (mode) => {
      // -3 x (4/3 - 1) is above -1 by rounding
      const [target, close] = mode === 'weight' ? [-3, [3, 3, 4, 5, 3]] : [-1, [0.7, 0.7, 1.4, 2, 0.7]];
      const input: EngineInput = {
        openTimeMs: Float64Array.from(close, (_, t) => t),
        close: Float64Array.from(close),
        targets: Float64Array.from(close, () => target),
        mode,
        fill: 'close',
        costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 },
      };
      for (const run of [runVectorized, runEvent]) {
        const { returns, equity, trades } = run(input);
        expect([...returns]).toEqual([0, 0, -1, 0, 0]);
        expect([...equity]).toEqual([1, 1, 0, 0, 0]);
        expect(trades.map(({ reason }) => reason)).toEqual(['ruin']);
      }
    },
  );

  it('follow the weight formulas until ruin', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        const { returns, equity } = runEvent({ ...input, mode: 'weight', costs: { ...input.costs, fixedFee: 0 } });
        referenceReturns(input).some((expected, t) => {
          if (equity[t] === 0) return true;
          expect(Math.abs(returns[t] - expected)).toBeLessThan(1e-9);
          return false;
        });
      }),
    );
  });

  it('let no bar change a result before it', () => {
    fc.assert(
      fc.property(scenario, fc.nat(59), (input, cut) => {
        const n = input.close.length;
        if (n < 2) return;
        const from = 1 + (cut % (n - 1));
        const change = (x: Float64Array): Float64Array => x.map((value, t) => (t < from ? value : value * 1.1));
        const other = {
          ...input,
          open: change(input.open!),
          close: change(input.close),
          targets: change(input.targets),
        };
        for (const run of [runVectorized, runEvent]) {
          expect(run(other).equity.slice(0, from)).toEqual(run(input).equity.slice(0, from));
        }
      }),
    );
  });

  it('give the same returns when every price is scaled by a power of two in weight and all_in mode', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        if (input.mode === 'fixed_qty') return;
        const scale = (x: Float64Array): Float64Array => x.map((value) => value * 4);
        const scaled = {
          ...input,
          open: scale(input.open!),
          close: scale(input.close),
          high: scale(input.high!),
          low: scale(input.low!),
        };
        expect(runEvent(scaled).returns).toEqual(runEvent(input).returns);
      }),
    );
  });
});
