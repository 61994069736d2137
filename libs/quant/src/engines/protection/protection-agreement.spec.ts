import fc from 'fast-check';
import { expectSame } from '../../../../testing/src/quant/same-columns';
import { runTemplateOrders } from '../../sweeps';
import { runEvent, runVectorized, ReturnsEngine, simulateOrders } from '..';
import type { AccountingMode, Costs, EngineInput, FillRule, Sizing } from '..';
import { applyOrderRules, OrderRulesStream } from '.';
import type { OrderRules, PriceDistance, ProtectionRules } from '.';

const rows = fc.array(
  fc.record({
    gap: fc.double({ min: -0.08, max: 0.08, noNaN: true }),
    move: fc.double({ min: -0.06, max: 0.06, noNaN: true }),
    up: fc.double({ min: 0, max: 0.04, noNaN: true }),
    down: fc.double({ min: 0, max: 0.04, noNaN: true }),
    target: fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: -1.5, max: 1.5, noNaN: true })),
    keep: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 80, size: 'max' },
);
const distance: fc.Arbitrary<PriceDistance> = fc.oneof(
  fc.record({ percent: fc.double({ min: 0.5, max: 12, noNaN: true }) }),
  fc.record({ atr: fc.double({ min: 0.3, max: 3, noNaN: true }), window: fc.integer({ min: 1, max: 5 }) }),
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
  timeStop: maybe(fc.integer({ min: 1, max: 8 })),
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
      offset: fc.oneof(fc.record({ percent: fc.double({ min: 0.2, max: 4, noNaN: true }) }), distance),
      expiresAfterBars: fc.integer({ min: 1, max: 5 }),
    }),
  ),
});
const fills = fc.constantFrom<FillRule>('next_open', 'close');

type Row = Parameters<Parameters<typeof rows.map>[0]>[0][number];

function barsOf(list: readonly Row[]) {
  const n = list.length;
  const column = (): Float64Array => new Float64Array(n);
  const [open, high, low, close, wanted] = [column(), column(), column(), column(), column()];
  list.forEach(({ gap, move, up, down, target, keep }, t) => {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + gap);
    close[t] = open[t] * (1 + move);
    high[t] = Math.max(open[t], close[t]) * (1 + up);
    low[t] = Math.min(open[t], close[t]) * (1 - down);
    wanted[t] = keep > 0 && t > 0 ? wanted[t - 1] : target;
  });
  return { open, high, low, close, wanted };
}

const UNREACHED: Partial<Costs> = { tiers: { by: 'notional', levels: [{ from: 1e300 }] } };

describe('stops, targets and entry orders', () => {
  it('give the same equity and trades in both engines, in every accounting and fill', () => {
    const kinds = fc.constantFrom('qty', 'percent_of_equity', 'fixed_fraction_risk');
    const modes = fc.constantFrom<AccountingMode>('weight', 'all_in', 'fixed_qty');
    const fee = fc.double({ min: 0, max: 40, noNaN: true });
    const reasons = new Set<string>();
    const further = fc.constantFrom<Partial<Costs>>(
      ...[{}, {}, UNREACHED, { perShare: 0.01, minimumFee: 3, borrowBpsPerYear: 500 }],
      { impact: { kind: 'square_root', coefficientBps: 90 }, fundingColumn: 'rate', fixedFee: 1 },
    );
    fc.assert(
      fc.property(rows, rules, fills, modes, kinds, fee, further, (list, ruled, fill, mode, kind, feeBps, more) => {
        const { wanted, ...bars } = barsOf(list);
        const { targets, interventions } = applyOrderRules(ruled, fill === 'close', bars, wanted);
        const sizing: Sizing =
          kind === 'qty'
            ? { qty: 20, lot: 1 }
            : kind === 'percent_of_equity'
              ? { kind, fraction: 0.8, minNotional: 100 }
              : { kind: 'fixed_fraction_risk', fraction: 0.02, stopDistance: bars.close.map((p) => p * 0.05) };
        const input: EngineInput = {
          openTimeMs: bars.close.map((_, t) => t),
          ...bars,
          targets,
          interventions,
          mode,
          fill,
          costs: { feeBps, slippageBps: 1, spreadBps: 2, ...more },
          volume: bars.close.map((_, t) => (t % 5) * 100),
          rates: { rate: bars.close.map((_, t) => (t % 3 === 0 ? 0.001 : NaN)) },
          capital: 10_000,
          sizing,
        };
        const [a, b] = [runVectorized(input), runEvent(input)];
        expectSame('equity', a.equity, b.equity);
        expectSame('returns', a.returns, b.returns);
        for (const kind of ['fees', 'spread', 'slippage', 'borrow', 'funding'] as const)
          expectSame(kind, a.costs[kind], b.costs[kind]);
        // the way of all costs is that of plain ones where there are no others
        if (more === UNREACHED) {
          const plain = runVectorized({ ...input, costs: { ...input.costs, tiers: undefined } });
          expectSame('plain equity', plain.equity, a.equity);
          for (const kind of ['fees', 'spread', 'slippage'] as const)
            expectSame(`plain ${kind}`, plain.costs[kind], a.costs[kind]);
        }
        expect(a.trades.length).toBe(b.trades.length);
        a.trades.forEach((trade, i) => {
          const other = b.trades[i];
          reasons.add(trade.reason);
          expect([trade.entryIndex, trade.exitIndex, trade.side, trade.reason]).toEqual([
            ...[other.entryIndex, other.exitIndex, other.side, other.reason],
          ]);
          for (const field of ['entryPrice', 'netReturn', 'grossReturn', 'fees', 'mae', 'mfe'] as const)
            expectSame(field, [trade[field]], [other[field]]);
        });
        const paths = new ReturnsEngine(input).run(targets, { interventions });
        expect([...paths.equity]).toEqual([...a.equity]);
      }),
      { numRuns: 400, seed: 11 },
    );
    expect([...reasons].sort()).toEqual([
      ...['breakeven', 'flip', 'open', 'signal', 'stop_loss', 'take_profit', 'time_stop', 'trailing_stop'],
    ]);
  });

  it('stream with the bits of the batch, over a state that is saved and loaded at every bar', () => {
    fc.assert(
      fc.property(rows, rules, fc.boolean(), (list, ruled, atClose) => {
        const { wanted, ...bars } = barsOf(list);
        const { targets, interventions } = applyOrderRules(ruled, atClose, bars, wanted);
        let stream = new OrderRulesStream(ruled, atClose);
        const [streamed, batch]: number[][] = [[], []];
        let k = 0;
        for (let t = 0; t < list.length; t++) {
          const next = new OrderRulesStream(ruled, atClose);
          next.load(stream.save());
          stream = next;
          stream.step(bars.open[t], bars.high[t], bars.low[t], bars.close[t], wanted[t]);
          const { position } = stream;
          streamed.push(position.weight, position.decided);
          batch.push(targets[t], interventions.decided[t]);
          for (let i = 0; i < position.fills; i++, k++) {
            streamed.push(t, position.fillPrice[i], position.fillWeight[i]);
            batch.push(interventions.index[k], interventions.price[k], interventions.weight[k]);
          }
        }
        expect(streamed).toEqual(batch);
        expect(k).toBe(interventions.index.length);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it('never look at a later bar', () => {
    fc.assert(
      fc.property(rows, rules, fc.boolean(), fc.nat(), (list, ruled, atClose, cut) => {
        const whole = barsOf(list);
        const n = 1 + (cut % list.length);
        const part = barsOf(list.slice(0, n));
        const a = applyOrderRules(ruled, atClose, whole, whole.wanted);
        const b = applyOrderRules(ruled, atClose, part, part.wanted);
        expect([...a.targets.subarray(0, n)]).toEqual([...b.targets]);
        expect([...a.interventions.index].filter((t) => t < n)).toEqual([...b.interventions.index]);
      }),
      { numRuns: 200, seed: 13 },
    );
  });

  it('trade what the protective orders of a template trade', () => {
    const percent = maybe(fc.integer({ min: 1, max: 10 }));
    let protectedExits = 0;
    fc.assert(
      fc.property(rows, percent, percent, percent, (list, stop, profit, trail) => {
        if (stop === undefined && profit === undefined && trail === undefined) return;
        const { wanted, ...bars } = barsOf(list);
        const targets = wanted.map((w) => (w > 0 ? 1 : 0));
        const costs = { feeBps: 10, slippageBps: 0, spreadBps: 0 };
        const own = applyOrderRules(
          {
            protection: {
              stopLoss: stop === undefined ? undefined : { percent: stop },
              takeProfit: profit === undefined ? undefined : { percent: profit },
              trailingStop: trail === undefined ? undefined : { percent: trail, follows: 'close' },
              reEntry: { rule: 'after_signal_off' },
            },
          },
          true,
          bars,
          targets,
        );
        const openTimeMs = bars.close.map((_, t) => t);
        const run = runVectorized({ openTimeMs, ...bars, ...own, mode: 'all_in', fill: 'close', costs });
        const fractions = {
          stopLoss: stop === undefined ? undefined : stop / 100,
          takeProfit: profit === undefined ? undefined : profit / 100,
          trailingStop: trail === undefined ? undefined : trail / 100,
        };
        const orders = runTemplateOrders(bars.close, bars, targets, fractions, costs);
        const key = (trades: typeof run.trades) =>
          trades.map(({ entryIndex, exitIndex, exitPrice }) => [
            entryIndex,
            exitIndex,
            Number(exitPrice.toPrecision(10)),
          ]);
        expect(key(run.trades)).toEqual(key(orders.trades));
        expectSame('equity', run.equity, orders.equity);
        protectedExits += run.trades.filter(({ reason }) => reason !== 'signal' && reason !== 'open').length;
      }),
      { numRuns: 300, seed: 14 },
    );
    expect(protectedExits).toBeGreaterThan(100);
  });

  it('enter as resting orders of the order engine do', () => {
    const order = fc.record({
      type: fc.constantFrom('limit' as const, 'stop' as const),
      percent: fc.double({ min: 0.2, max: 4, noNaN: true }),
      expires: fc.integer({ min: 1, max: 5 }),
      side: fc.constantFrom(1, -1),
    });
    let filled = 0;
    fc.assert(
      fc.property(rows, order, (list, { type, percent, expires, side }) => {
        const { open, high, low, close } = barsOf(list);
        const wanted = close.map(() => side);
        const ruled: OrderRules = { entryOrder: { type, offset: { percent }, expiresAfterBars: expires } };
        const { interventions } = applyOrderRules(ruled, true, { open, high, low, close }, wanted);
        const toward = type === 'stop' ? side : -side;
        const price = close[0] * (1 + (toward * percent) / 100);
        const { fills: traded } = simulateOrders(
          [{ open, high, low, close }],
          { capital: 1e6, costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } },
          (context) => {
            if (context.index > 0) return;
            const level = type === 'stop' ? { stopPrice: price } : { limitPrice: price };
            context.submit({ side: side > 0 ? 'buy' : 'sell', quantity: 1, type, ...level, expireAfterBars: expires });
          },
        );
        expect([...interventions.index]).toEqual(traded.map((one) => one.index));
        traded.forEach((one, k) => expect(interventions.price[k]).toBeCloseTo(one.price, 9));
        filled += traded.length;
      }),
      { numRuns: 300, seed: 15 },
    );
    expect(filled).toBeGreaterThan(20);
  });
});
