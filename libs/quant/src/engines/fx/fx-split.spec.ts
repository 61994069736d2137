import fc from 'fast-check';
import { expectSame } from '../../../../testing/src/quant/same-columns';
import { applyOrderRules, convertInput, fxSplit, runEvent, runVectorized } from '..';
import type { AccountingMode, Costs, EngineInput, EngineResult, FillRule, FxRates, MarginRule } from '..';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rows = fc.array(
  fc.record({
    ...{ gap: number(-0.08, 0.08), move: number(-0.2, 0.2), rate: number(-0.05, 0.05), overnight: number(-0.05, 0.05) },
    target: fc.oneof(fc.constantFrom(-1, 0, 1), number(-2.5, 2.5)),
    keep: fc.boolean(),
  }),
  { minLength: 1, maxLength: 50, size: 'max' },
);
type Row = Parameters<Parameters<typeof rows.map>[0]>[0][number];

function marketOf(list: readonly Row[]) {
  const column = (): Float64Array => new Float64Array(list.length);
  const [open, high, low, close, wanted] = [column(), column(), column(), column(), column()];
  const fx = { open: column(), close: column() };
  list.forEach((row, t) => {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + row.gap);
    close[t] = open[t] * (1 + row.move);
    high[t] = Math.max(open[t], close[t]) * 1.01;
    low[t] = Math.min(open[t], close[t]) * 0.99;
    fx.open[t] = (t > 0 ? fx.close[t - 1] : 0.9) * (1 + row.overnight);
    fx.close[t] = fx.open[t] * (1 + row.rate);
    wanted[t] = row.keep && t > 0 ? wanted[t - 1] : row.target;
  });
  return { bars: { open, high, low, close }, wanted, fx };
}

/** In every bar what came of prices and rates, less what was charged, is the change of the equity. */
function expectToAddUp(input: EngineInput, fx: FxRates, result: EngineResult): void {
  const { price, fx: byRates, writtenOff } = fxSplit(input, fx, result);
  result.equity.forEach((value, t) => {
    const before = t > 0 ? result.equity[t - 1] : 1;
    const charged = Object.values(result.costs).reduce((sum, column) => sum + column[t], 0);
    const made = price[t] + byRates[t] + writtenOff[t] - charged;
    if (!(Math.abs(made - (value - before)) < 1e-9 * Math.max(1, value, before)))
      throw new Error(`parts of bar ${t} make ${made}, the equity went from ${before} to ${value}`);
    if (value > 0 && writtenOff[t] !== 0) throw new Error(`bar ${t}: ${writtenOff[t]} written off, worth ${value}`);
  });
}

describe('a run in the currency of the account', () => {
  it('is told in parts that add up, by both engines alike', () => {
    const modes = fc.constantFrom<AccountingMode>('weight', 'all_in', 'fixed_qty');
    const costs = fc.constantFrom<Costs>(
      { feeBps: 10, slippageBps: 1, spreadBps: 2 },
      { feeBps: 10, slippageBps: 0, spreadBps: 0, perShare: 0.01, minimumFee: 3, borrowBpsPerYear: 500 },
      { feeBps: 0, slippageBps: 0, spreadBps: 4, fundingColumn: 'rate', fixedFee: 1 },
    );
    const margins = fc.option(fc.constantFrom<MarginRule>({ maintenance: 0.45, onCall: 'close' }), { nil: undefined });
    const fills = fc.constantFrom<FillRule>('next_open', 'close');
    fc.assert(
      fc.property(rows, modes, fills, costs, margins, fc.boolean(), (list, mode, fill, charged, margin, stops) => {
        const { bars, wanted, fx } = marketOf(list);
        const rules = stops
          ? { protection: { stopLoss: { percent: 4 }, reEntry: { rule: 'immediately' as const } } }
          : {};
        const { targets, interventions } = applyOrderRules(rules, fill === 'close', bars, wanted);
        const input: EngineInput = {
          ...{ openTimeMs: bars.close.map((_, t) => t * 86_400_000), ...bars, mode, fill, costs: charged },
          ...(stops ? { targets, interventions } : { targets: wanted }),
          margin: stops || mode === 'fixed_qty' ? undefined : margin,
          rates: { rate: bars.close.map((_, t) => (t % 3 === 0 ? 0.001 : NaN)) },
          ...{ capital: 10_000, sizing: { qty: 60 }, withFills: true },
        };
        const converted = convertInput(input, fx);
        const [a, b] = [runVectorized(converted), runEvent(converted)];
        expectToAddUp(input, fx, a);
        expectToAddUp(input, fx, b);
        const [one, two] = [fxSplit(input, fx, a), fxSplit(input, fx, b)];
        for (const part of ['price', 'fx', 'writtenOff'] as const) expectSame(part, one[part], two[part]);
      }),
      { numRuns: 400, seed: 5 },
    );
  });

  it('has no part of rates at a rate that stands still, and the parts are those of the quote currency', () => {
    const { bars, wanted } = marketOf(
      [...Array(9).keys()].map((i) => ({
        ...{ gap: 0.01, move: (i % 3) / 50 - 0.01, rate: 0 },
        ...{ overnight: 0, target: i % 4 === 3 ? 0 : 1, keep: false },
      })),
    );
    const still = { open: bars.close.map(() => 0.8), close: bars.close.map(() => 0.8) };
    const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };
    const openTimeMs = bars.close.map((_, t) => t);
    const input: EngineInput = {
      ...{ openTimeMs, ...bars, targets: wanted, mode: 'all_in', fill: 'next_open', costs },
      withFills: true,
    };
    const [own, converted] = [runVectorized(input), runVectorized(convertInput(input, still))];
    converted.equity.forEach((value, t) => expect(value).toBeCloseTo(own.equity[t], 12));
    fxSplit(input, still, converted).fx.forEach((part) => expect(Math.abs(part)).toBeLessThan(1e-14));
  });

  it('by hand on six bars, all in at the open: bought at 100 and 0.8, sold at 120 and 0.9', () => {
    const of = (...values: number[]): Float64Array => Float64Array.from(values);
    const input: EngineInput = {
      ...{
        openTimeMs: of(0, 1, 2, 3, 4, 5),
        open: of(99, 100, 104, 108, 120, 121),
        close: of(99, 102, 106, 112, 118, 121),
      },
      ...{ targets: of(1, 1, 1, 0, 0, 0), mode: 'all_in', fill: 'next_open', withFills: true },
      costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 },
    };
    const fx = { open: of(0.8, 0.8, 0.82, 0.85, 0.9, 1), close: of(0.8, 0.81, 0.84, 0.88, 0.95, 1) };
    for (const result of [runVectorized(convertInput(input, fx)), runEvent(convertInput(input, fx))]) {
      // 1 buys 1 / 80 units; at 102 and 0.81 they are worth 82.62 / 80, ..., sold for 108 / 80
      const worth = [80, 82.62, 89.04, 98.56, 108, 108].map((value) => value / 80);
      result.equity.forEach((value, t) => expect(value).toBeCloseTo(worth[t], 12));
      const { price, fx: rates } = fxSplit(input, fx, result);
      const sum = (column: Float64Array): number => column.reduce((all, part) => all + part, 0);
      // (120 - 100) x 0.8 / 80, and 120 x (0.9 - 0.8) / 80
      expect(sum(price)).toBeCloseTo(0.2, 12);
      expect(sum(rates)).toBeCloseTo(0.15, 12);
    }
  });
});
