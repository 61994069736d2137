import fc from 'fast-check';
import { runEvent } from '..';
import type { EngineInput } from '..';
import { simulateOrders } from '.';
import type { SimulationOptions, SimulationResult } from '.';

const options: SimulationOptions = { capital: 100_000, costs: { feeBps: 0, slippageBps: 0, spreadBps: 0 } };

describe('agreement with the target engine', () => {
  const walk = fc.array(
    fc.record({
      gap: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      move: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      target: fc.constantFrom(-1, 0, 1),
    }),
    { minLength: 1, maxLength: 50 },
  );
  const inputOf = (rows: { gap: number; move: number; target: number }[], more: Partial<EngineInput>): EngineInput => {
    const n = rows.length;
    const open = new Float64Array(n);
    const close = new Float64Array(n);
    rows.forEach(({ gap, move }, t) => {
      open[t] = (t > 0 ? close[t - 1] : 100) * (1 + gap);
      close[t] = open[t] * (1 + move);
    });
    return {
      openTimeMs: Float64Array.from(rows, (_, t) => t),
      open,
      high: open.map((o, t) => Math.max(o, close[t])),
      low: open.map((o, t) => Math.min(o, close[t])),
      close,
      targets: Float64Array.from(rows, (row) => row.target),
      mode: 'fixed_qty',
      fill: 'next_open',
      costs: { feeBps: 7, slippageBps: 3, spreadBps: 4 },
      ...more,
    };
  };
  const simulate = (
    input: EngineInput,
    quantity: (position: number, target: number) => number,
    more: Partial<SimulationOptions>,
  ): SimulationResult => {
    const bars = { open: input.open!, high: input.high!, low: input.low!, close: input.close };
    return simulateOrders([bars], { ...options, costs: input.costs, ...more }, (context) => {
      const units = quantity(context.position(), input.targets[context.index]);
      if (units !== 0) context.submit({ side: units > 0 ? 'buy' : 'sell', quantity: Math.abs(units), type: 'market' });
    });
  };
  const sameTo1e9 = (result: SimulationResult, expected: Float64Array, capital: number): void =>
    expected.forEach((value, t) => {
      if (Math.abs(result.equity[t] / capital - value) > 1e-9)
        throw new Error(`equity[${t}]: ${result.equity[t] / capital} against ${value}`);
    });

  it('gives the same equity for fixed quantities, long and short', () => {
    fc.assert(
      fc.property(walk, (rows) => {
        const input = inputOf(rows, {
          capital: 100_000,
          sizing: { qty: 20 },
          costs: { feeBps: 7, slippageBps: 3, spreadBps: 4, fixedFee: 1.5 },
        });
        sameTo1e9(
          simulate(input, (held, target) => target * 20 - held, {}),
          runEvent(input).equity,
          100_000,
        );
      }),
    );
  });

  it('gives the same equity for all-in long or flat when orders ask for more than cash affords', () => {
    fc.assert(
      fc.property(walk, (rows) => {
        const input = inputOf(
          rows.map((row) => ({ ...row, target: Math.max(0, row.target) })),
          { mode: 'all_in' },
        );
        const everything = simulate(input, (held, target) => (target === 1 ? (held === 0 ? 1e9 : 0) : -held), {});
        sameTo1e9(everything, runEvent(input).equity, 100_000);
      }),
    );
  });

  it('keeps cash plus positions equal to equity and fees equal to what fills paid', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 30 }), (rows, quantity) => {
        const input = inputOf(rows, { capital: 100_000, sizing: { qty: 1 } });
        const result = simulate(input, (held, target) => (target === 0 ? -held : target * quantity), {
          maxLeverage: 3,
        });
        const last = rows.length - 1;
        let cash = 100_000;
        let units = 0;
        for (const fill of result.fills) {
          cash -= fill.units * fill.price + fill.fee;
          units += fill.units;
        }
        expect(result.equity[last]).toBeCloseTo(cash + units * input.close[last], 6);
        expect(result.fees).toBeCloseTo(
          result.fills.reduce((sum, fill) => sum + fill.fee, 0),
          9,
        );
      }),
    );
  });
});
