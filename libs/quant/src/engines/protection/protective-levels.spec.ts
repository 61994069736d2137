import { applyOrderRules, filledWithin, levelsFrom, levelsOnBasis, OrderRulesStream, reachedBy, reasonOf } from '.';
import type { HeldLevels, OrderRules } from '.';
import { createRng } from '../../random';

const long: HeldLevels = { side: 1, entryPrice: 100, stop: { reason: 'stop_loss', price: 95 }, target: 110 };

it('are measured from the fill where the entry was still to come, the nearest stop counting', () => {
  const stops = [
    { reason: 'stop_loss', share: 0.05, amount: 0 },
    { reason: 'trailing_stop', share: 0, amount: 3 },
  ] as const;
  const target = { reason: 'take_profit', share: 0.1, amount: 0 } as const;
  const ordered = { side: -1, entryPrice: null, stops, target } as const;
  expect(levelsFrom(ordered, 100)).toEqual({
    ...{ side: -1, entryPrice: 100, target: 90 },
    stop: { reason: 'trailing_stop', price: 103 },
  });
  expect(levelsFrom(levelsOnBasis(ordered, 2), 200)).toMatchObject({ stop: { price: 206 }, target: 180 });
  expect(levelsOnBasis(long, 0.5)).toEqual({
    ...long,
    entryPrice: 50,
    stop: { reason: 'stop_loss', price: 47.5 },
    target: 55,
  });
});

it('are reached by a price that equals them, the stop before the target', () => {
  expect(reachedBy(long, 95)).toEqual({ reason: 'stop_loss', level: 95 });
  expect(reachedBy(long, 110)).toEqual({ reason: 'take_profit', level: 110 });
  expect(reachedBy(long, 100)).toBeNull();
  expect(filledWithin(long, { open: 100, high: 120, low: 90 })).toEqual({
    reason: 'stop_loss',
    price: 95,
    atOpen: false,
  });
  expect(filledWithin(long, { open: 112, high: 120, low: 90 })).toEqual({
    reason: 'take_profit',
    price: 112,
    atOpen: true,
  });
});

it('as they stand after a bar fill in the next one what the machine fills', () => {
  const rng = createRng(3);
  const rules: OrderRules = {
    protection: {
      stopLoss: { atr: 1, window: 3 },
      takeProfit: { percent: 3 },
      trailingStop: { percent: 2.5, follows: 'extreme' },
      breakeven: { percent: 1 },
      reEntry: { rule: 'immediately' },
    },
  };
  const n = 2000;
  const column = (): Float64Array => new Float64Array(n);
  const [open, high, low, close, wanted] = [column(), column(), column(), column(), column()];
  for (let t = 0; t < n; t++) {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + (rng.next() - 0.5) / 50);
    close[t] = open[t] * (1 + (rng.next() - 0.5) / 25);
    high[t] = Math.max(open[t], close[t]) * (1 + rng.next() / 80);
    low[t] = Math.min(open[t], close[t]) * (1 - rng.next() / 80);
    wanted[t] = t > 0 && rng.next() < 0.9 ? wanted[t - 1] : rng.int(3) - 1;
  }
  const { interventions } = applyOrderRules(rules, false, { open, high, low, close }, wanted);
  const stream = new OrderRulesStream(rules, false);
  const found: [number, string, number][] = [];
  for (let t = 0; t < n; t++) {
    const levels = stream.position.levels();
    const filled = levels && filledWithin(levelsFrom(levels, open[t]), { open: open[t], high: high[t], low: low[t] });
    if (filled) found.push([t, filled.reason, filled.price]);
    stream.step(open[t], high[t], low[t], close[t], wanted[t]);
  }
  const acts = [...interventions.index].map((t, k) => [t, reasonOf(interventions.reason[k]), interventions.price[k]]);
  expect(found).toEqual(acts);
  expect(new Set(found.map(([, reason]) => reason)).size).toBe(4);
});
