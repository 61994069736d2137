import { createRng } from '../../random';
import { simulateOrders } from '.';
import type { Bracket, OrderRequest, OrderType, SimulationOptions, SimulationResult, SymbolBars } from '.';

const types: readonly OrderType[] = ['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop'];

/** Seeded bars of one symbol on a coarse grid, so that prices are met exactly; some bars are missing. */
function market(seed: string, n: number, gapShare: number): SymbolBars {
  const rng = createRng(seed);
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(n));
  const grid = (price: number): number => Math.max(1, Math.round(price * 4) / 4);
  let price = 100;
  for (let t = 0; t < n; t++) {
    open[t] = grid(price * (1 + 0.01 * rng.normal()));
    close[t] = grid(open[t] * (1 + 0.01 * rng.normal()));
    high[t] = Math.max(open[t], close[t]) + rng.int(3) / 4;
    low[t] = Math.max(0.5, Math.min(open[t], close[t]) - rng.int(3) / 4);
    volume[t] = rng.int(60);
    price = close[t];
    if (rng.next() < gapShare || t < 20 * gapShare) open[t] = high[t] = low[t] = close[t] = NaN;
  }
  return { open, high, low, close, volume };
}

/** A random order around `price`. */
function anyOrder(rng: ReturnType<typeof createRng>, symbol: number, price: number): OrderRequest {
  const side = rng.int(2) === 0 ? 'buy' : 'sell';
  const direction = side === 'buy' ? 1 : -1;
  const near = (): number => Math.round(4 * price * (1 + 0.04 * (rng.next() - 0.5))) / 4;
  const brackets: (Bracket | undefined)[] = [
    undefined,
    { stopLoss: price * (1 - 0.02 * direction), takeProfit: price * (1 + 0.03 * direction) },
    { trail: 0.1 + 2 * rng.next() },
    { takeProfit: price * (1 + 0.02 * direction) },
  ];
  return {
    symbol,
    side,
    quantity: 1 + rng.int(20),
    type: types[rng.int(types.length)],
    limitPrice: near(),
    stopPrice: near(),
    trail: 0.1 + 3 * rng.next(),
    reduceOnly: rng.int(3) === 0,
    ocoGroup: rng.int(4) === 0 ? rng.int(2) : undefined,
    bracket: brackets[rng.int(brackets.length)],
    expireAfterBars: rng.int(3) === 0 ? 1 + rng.int(12) : undefined,
  };
}

/** With `everyBar` an order far out of reach that ends with each bar makes the book walk through all orders in it. */
function run(seed: number, more: Partial<SimulationOptions>, everyBar: boolean): SimulationResult & { seen: string } {
  const n = 250;
  const bars = [market(`${seed} a`, n, 0), market(`${seed} b`, n, 0.1)];
  const rng = createRng(`${seed} orders`);
  const options = { capital: 10_000, costs: { feeBps: 3, slippageBps: 2, spreadBps: 1 }, maxLeverage: 2, ...more };
  const seen: number[] = [];
  const bystanders = new Set<number>();
  const result = simulateOrders(bars, options, (context) => {
    seen.push(context.position(0), context.position(1), context.equity);
    const symbol = rng.int(2);
    const price = bars[symbol].close[context.index];
    const order = anyOrder(rng, symbol, price > 0 ? price : 100);
    if (rng.int(4) === 0) context.submit(order);
    if (everyBar)
      bystanders.add(context.submit({ side: 'buy', quantity: 1, type: 'limit', limitPrice: 1e-6, expireAfterBars: 1 }));
  });
  expect(result.fills.some(({ orderId }) => bystanders.has(orderId))).toBe(false);
  return { ...result, fills: result.fills.map((fill) => ({ ...fill, orderId: 0 })), seen: seen.join() };
}

it.each<[string, Partial<SimulationOptions>]>([
  ['as they come', {}],
  ['with volume limits', { maxParticipation: 0.2 }],
  ['with latency', { latencyBars: 2 }],
  ['in lots', { lot: 3, maxParticipation: 0.5 }],
])('passing quiet bars changes nothing: %s', (_name, more) => {
  let fills = 0;
  for (let seed = 0; seed < 25; seed++) {
    const skipping = run(seed, more, false);
    expect(skipping).toEqual(run(seed, more, true));
    fills += new Set(skipping.fills.map(({ type }) => type)).size;
  }
  // nearly every kind of order is met in nearly every run
  expect(fills).toBeGreaterThan(25 * 3);
});
