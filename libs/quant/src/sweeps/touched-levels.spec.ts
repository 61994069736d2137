import { simulateOrders, type Costs } from '../engines';
import { runTemplateOrders, sweepTemplate, templateTargets } from '.';

const costs: Costs = { feeBps: 0, slippageBps: 0, spreadBps: 0 };

/** Entries in cents and whole per cents whose levels are whole cents too: what a person would call touched exactly. */
function exactLevels(): { entry: number; percent: number; target: number; stop: number }[] {
  const levels: { entry: number; percent: number; target: number; stop: number }[] = [];
  for (let cents = 100; cents <= 12_000; cents += 37)
    for (const percent of [1, 2, 4, 5, 10, 20, 25, 50])
      if ((cents * percent) % 100 === 0) {
        const move = (cents * percent) / 100;
        levels.push({ entry: cents / 100, percent, target: (cents + move) / 100, stop: (cents - move) / 100 });
      }
  return levels;
}

/** Closes that arm `sma-cross` 1/2 on bar 1 and enter it on bar 2 at `entry`; bar 3 goes to `extreme` and back. */
function barsTo(entry: number, extreme: number) {
  const close = Float64Array.of(2 * entry, entry / 2, entry, entry, entry);
  const high = close.slice();
  const low = close.slice();
  if (extreme > entry) high[3] = extreme;
  else low[3] = extreme;
  return { open: close.slice(), high, low, close };
}

const window = { first: Float64Array.of(1), second: Float64Array.of(2) };

describe('a level that the price touches exactly is filled', () => {
  const levels = exactLevels();

  it('in many prices, of which rounding puts a good part on the far side of the price', () => {
    expect(levels.length).toBeGreaterThan(300);
    const missed = levels.filter(({ entry, percent, target }) => target < entry * (1 + percent / 100));
    expect(missed.length).toBeGreaterThan(0.1 * levels.length);
  });

  it.each(['target', 'stop'] as const)('%s: by both kernels and the order engine', (kind) => {
    for (const { entry, percent, ...level } of levels) {
      const bars = barsTo(entry, level[kind]);
      const fraction = percent / 100;
      const protection = kind === 'target' ? { takeProfit: fraction } : { stopLoss: fraction };
      const expected = kind === 'target' ? fraction : -fraction;
      const grid = {
        ...window,
        ...(kind === 'target' ? { takeProfit: Float64Array.of(fraction) } : { stopLoss: Float64Array.of(fraction) }),
      };
      for (const kernel of ['compiled', 'plain'] as const) {
        const { totalReturn } = sweepTemplate('sma-cross', bars.close, grid, {
          feeBps: 0,
          periodsPerYear: 252,
          bars,
          kernel,
        });
        if (Math.abs(totalReturn[0] - expected) > 1e-9)
          throw new Error(`${kernel}: ${kind} of ${percent} % from ${entry}`);
      }
      const targets = templateTargets('sma-cross', bars.close, 1, 2);
      const { trades } = runTemplateOrders(bars.close, bars, targets, protection, costs);
      expect([trades[0].exitIndex, trades[0].reason]).toEqual([3, kind === 'target' ? 'take_profit' : 'stop']);
    }
  });

  it('at the open, before the same bar falls to the stop', () => {
    for (const { entry, percent, target } of levels) {
      const bars = barsTo(entry, target);
      bars.open[3] = target;
      bars.low[3] = entry / 2;
      const protection = { takeProfit: percent / 100, stopLoss: 0.4 };
      const grid = { ...window, takeProfit: Float64Array.of(percent / 100), stopLoss: Float64Array.of(0.4) };
      const gains = (['compiled', 'plain'] as const).map(
        (kernel) =>
          sweepTemplate('sma-cross', bars.close, grid, { feeBps: 0, periodsPerYear: 252, bars, kernel }).totalReturn[0],
      );
      const targets = templateTargets('sma-cross', bars.close, 1, 2);
      const { trades } = runTemplateOrders(bars.close, bars, targets, protection, costs);
      for (const gain of [...gains, trades[0].exitPrice / entry - 1]) expect(gain).toBeCloseTo(percent / 100, 9);
    }
  });

  it.each([1, -1])('by orders of every resting kind, side %d', (side) => {
    for (const { entry, percent, target, stop } of levels) {
      const up = entry * (1 + percent / 100);
      const down = entry * (1 - percent / 100);
      const fillOf = (extreme: number, order: { type: 'limit' | 'stop'; level: number }) => {
        const bars = barsTo(entry, extreme);
        const result = simulateOrders([bars], { capital: 1e6, costs, maxLeverage: 2 }, (context) => {
          if (context.index !== 2) return;
          context.submit({
            side: side > 0 ? 'buy' : 'sell',
            quantity: 1,
            type: order.type,
            limitPrice: order.level,
            stopPrice: order.level,
          });
        });
        return result.fills.map((fill) => fill.index);
      };
      // a buy rests below as a limit and above as a stop, a sale the other way round
      expect(fillOf(target, { type: side > 0 ? 'stop' : 'limit', level: up })).toEqual([3]);
      expect(fillOf(stop, { type: side > 0 ? 'limit' : 'stop', level: down })).toEqual([3]);
    }
  });

  it('an open at a limit but for rounding fills at the limit, never at a worse price', () => {
    const level = 0.1 + 0.2;
    const close = Float64Array.of(1, 0.3, 0.3);
    const bars = { open: Float64Array.of(1, level, 0.3), high: Float64Array.of(1, level, 0.3), low: close, close };
    const { fills } = simulateOrders([bars], { capital: 10, costs }, (context) => {
      if (context.index === 0) context.submit({ side: 'buy', quantity: 1, type: 'limit', limitPrice: 0.3 });
    });
    expect(fills).toMatchObject([{ index: 1, price: 0.3 }]);
  });
});

it('ten per cent from 100 are reached at 110', () => {
  const close = Float64Array.of(110, 90, 100, 105, 105.5);
  const bars = {
    open: Float64Array.of(110, 90, 100, 101, 105),
    high: Float64Array.of(110, 90, 100, 110, 106),
    low: Float64Array.of(110, 90, 100, 101, 104),
  };
  const grid = { ...window, takeProfit: Float64Array.of(0.1) };
  const { totalReturn } = sweepTemplate('sma-cross', close, grid, { feeBps: 0, periodsPerYear: 252, bars });
  expect(totalReturn[0]).toBeCloseTo(0.1, 12);
});
