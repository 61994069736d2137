import {
  applyOrderRules,
  entryWithin,
  filledWithin,
  levelsFrom,
  levelsOnBasis,
  OrderRulesStream,
  reachedBy,
  reasonOf,
} from '.';
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

/** Bars of a random walk and the weights that a strategy wants at their closes. */
function randomMarket(seed: number, n = 2000) {
  const rng = createRng(seed);
  const column = (): Float64Array => new Float64Array(n);
  const [open, high, low, close, wanted] = [column(), column(), column(), column(), column()];
  for (let t = 0; t < n; t++) {
    open[t] = (t > 0 ? close[t - 1] : 100) * (1 + (rng.next() - 0.5) / 50);
    close[t] = open[t] * (1 + (rng.next() - 0.5) / 25);
    high[t] = Math.max(open[t], close[t]) * (1 + rng.next() / 80);
    low[t] = Math.min(open[t], close[t]) * (1 - rng.next() / 80);
    wanted[t] = t > 0 && rng.next() < 0.9 ? wanted[t - 1] : rng.int(3) - 1;
  }
  return { open, high, low, close, wanted };
}

it('as they stand after a bar fill in the next one what the machine fills', () => {
  const rules: OrderRules = {
    protection: {
      stopLoss: { atr: 1, window: 3 },
      takeProfit: { percent: 3 },
      trailingStop: { percent: 2.5, follows: 'extreme' },
      breakeven: { percent: 1 },
      reEntry: { rule: 'immediately' },
    },
  };
  const { wanted, ...bars } = randomMarket(3);
  const { open, high, low, close } = bars;
  const { interventions } = applyOrderRules(rules, false, bars, wanted);
  const stream = new OrderRulesStream(rules, false);
  const found: [number, string, number][] = [];
  for (let t = 0; t < open.length; t++) {
    const levels = stream.position.levels();
    const filled = levels && filledWithin(levelsFrom(levels, open[t]), { open: open[t], high: high[t], low: low[t] });
    if (filled) found.push([t, filled.reason, filled.price]);
    stream.step(open[t], high[t], low[t], close[t], wanted[t]);
  }
  const acts = [...interventions.index].map((t, k) => [t, reasonOf(interventions.reason[k]), interventions.price[k]]);
  expect(found).toEqual(acts);
  expect(new Set(found.map(([, reason]) => reason)).size).toBe(4);
});

describe.each(['limit', 'stop'] as const)('an entry %s order that rests', (type) => {
  it('is moved with the basis of prices, and its levels with it', () => {
    const resting = { type, level: 50, weight: -1, barsLeft: 2 };
    const stops = [{ reason: 'stop_loss', share: 0, amount: 3 }] as const;
    expect(levelsOnBasis({ side: -1, entryPrice: null, stops, target: null, resting }, 2)).toEqual({
      ...{ side: -1, entryPrice: null, target: null, resting: { ...resting, level: 100 } },
      stops: [{ reason: 'stop_loss', share: 0, amount: 6 }],
    });
  });

  it('fills in the next bar what the machine fills, and its stop at once, its target only where the open filled it', () => {
    const rules: OrderRules = {
      entryOrder: { type, offset: { percent: 0.4 }, expiresAfterBars: 3 },
      protection: { stopLoss: { percent: 1 }, takeProfit: { percent: 0.8 }, reEntry: { rule: 'immediately' } },
    };
    const { wanted, ...bars } = randomMarket(7);
    const { interventions } = applyOrderRules(rules, false, bars, wanted);
    const stream = new OrderRulesStream(rules, false);
    const found: [number, string, number][] = [];
    const kinds = { atOpen: 0, within: 0, leftInBar: 0, expired: 0 };
    let before: number | undefined;
    bars.open.forEach((open, t) => {
      const bar = { open, high: bars.high[t], low: bars.low[t] };
      const levels = stream.position.levels();
      const resting = levels?.entryPrice === null ? levels.resting : undefined;
      const entered = resting && entryWithin(resting, bar);
      if (entered) found.push([t, 'entry', entered.price]);
      if (entered) kinds[entered.atOpen ? 'atOpen' : 'within'] += 1;
      const held =
        levels && (!resting || entered)
          ? levelsFrom(levels, entered ? entered.price : open, entered?.atOpen === false)
          : null;
      const left = held && filledWithin(held, bar);
      if (left) found.push([t, left.reason, left.price]);
      if (left && entered) kinds.leftInBar += 1;
      stream.step(open, bar.high, bar.low, bars.close[t], wanted[t]);
      expect(stream.position.enteredAt).toBe(entered ? entered.price : NaN);
      if (before === 1 && !entered) kinds.expired += 1;
      const next = stream.position.levels();
      before = next?.entryPrice === null ? next.resting?.barsLeft : undefined;
    });
    const said = (k: number): string => (interventions.weight[k] === 0 ? reasonOf(interventions.reason[k]) : 'entry');
    expect(found).toEqual([...interventions.index].map((t, k) => [t, said(k), interventions.price[k]]));
    for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(5);
  });
});
