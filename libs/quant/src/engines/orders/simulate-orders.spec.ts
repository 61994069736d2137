import { simulateOrders } from '.';
import type { OrderRequest, SimulationOptions, SimulationResult, SymbolBars } from '.';

type Row = [open: number, high: number, low: number, close: number, volume?: number];
const costs = { feeBps: 0, slippageBps: 0, spreadBps: 0 };
const options: SimulationOptions = { capital: 100_000, costs };

const toBars = (rows: Row[]): SymbolBars => ({
  open: Float64Array.from(rows, (r) => r[0]),
  high: Float64Array.from(rows, (r) => r[1]),
  low: Float64Array.from(rows, (r) => r[2]),
  close: Float64Array.from(rows, (r) => r[3]),
  volume: Float64Array.from(rows, (r) => r[4] ?? NaN),
});

/** Submits the orders listed per bar; the first bar is always a quiet one at 100. */
function play(
  rows: Row[],
  plan: Record<number, OrderRequest[]>,
  more: Partial<SimulationOptions> = {},
): SimulationResult {
  return simulateOrders([toBars([[100, 100, 100, 100, 1000], ...rows])], { ...options, ...more }, (context) => {
    for (const order of plan[context.index] ?? []) context.submit(order);
  });
}
const fillsOf = (result: SimulationResult): [index: number, price: number, units: number][] =>
  result.fills.map((f) => [f.index, f.price, f.units]);
const buy = (type: OrderRequest['type'], more: Partial<OrderRequest> = {}): OrderRequest => ({
  side: 'buy',
  quantity: 10,
  type,
  ...more,
});
const sell = (type: OrderRequest['type'], more: Partial<OrderRequest> = {}): OrderRequest => ({
  side: 'sell',
  quantity: 10,
  type,
  ...more,
});

describe('single orders', () => {
  it.each<[string, OrderRequest, Row, number | null]>([
    ['a market order fills at the open', buy('market'), [101, 105, 99, 102], 101],
    ['a buy limit fills at its price inside the bar', buy('limit', { limitPrice: 100 }), [101, 105, 99, 102], 100],
    ['a buy limit fills at a better open', buy('limit', { limitPrice: 100 }), [98, 105, 97, 102], 98],
    ['a buy limit out of reach waits', buy('limit', { limitPrice: 98 }), [101, 105, 99, 102], null],
    ['a sell limit fills at its price', sell('limit', { limitPrice: 104 }), [101, 105, 99, 102], 104],
    ['a buy stop fills at its price inside the bar', buy('stop', { stopPrice: 104 }), [101, 105, 99, 102], 104],
    ['a buy stop fills at the open after a gap', buy('stop', { stopPrice: 104 }), [107, 108, 106, 107], 107],
    ['a sell stop fills at the open after a gap', sell('stop', { stopPrice: 98 }), [95, 99, 94, 96], 95],
    ['a stop out of reach waits', sell('stop', { stopPrice: 98 }), [101, 105, 99, 102], null],
    [
      'a stop-limit fills at its stop on the way',
      buy('stop_limit', { stopPrice: 103, limitPrice: 104 }),
      [101, 105, 99, 102],
      103,
    ],
    [
      'a stop-limit opened inside its limit fills at the open',
      buy('stop_limit', { stopPrice: 103, limitPrice: 106 }),
      [105, 107, 104, 106],
      105,
    ],
    [
      'a stop-limit gapped beyond its limit fills when the bar comes back',
      buy('stop_limit', { stopPrice: 103, limitPrice: 104 }),
      [107, 108, 103, 105],
      104,
    ],
    [
      'a stop-limit gapped away does not fill',
      buy('stop_limit', { stopPrice: 103, limitPrice: 104 }),
      [107, 108, 106, 107],
      null,
    ],
    [
      'a stop-limit whose limit lies before its stop waits for a later bar',
      buy('stop_limit', { stopPrice: 104, limitPrice: 100 }),
      [101, 105, 99, 102],
      null,
    ],
  ])('%s', (_name, order, row, price) => {
    const result = play([row], { 0: [order] });
    const units = order.side === 'buy' ? 10 : -10;
    expect(fillsOf(result)).toEqual(price === null ? [] : [[1, price, units]]);
  });

  it('rests a triggered stop-limit as a limit in later bars', () => {
    const result = play(
      [
        [101, 105, 101, 104],
        [103, 104, 99, 101],
      ],
      { 0: [buy('stop_limit', { stopPrice: 104, limitPrice: 100 })] },
    );
    expect(fillsOf(result)).toEqual([[2, 100, 10]]);
  });

  it('trails the best price of finished bars and sells at the level or the gap', () => {
    const rising: Row[] = [
      [100, 100, 100, 100],
      [101, 110, 97, 109],
      [109, 112, 108, 111],
    ];
    const trailing = { 0: [buy('market')], 1: [sell('trailing_stop', { trail: 5 })] };
    // level 95, then 105, then 107
    expect(fillsOf(play([...rising, [110, 111, 106, 108]], trailing))[1]).toEqual([4, 107, -10]);
    expect(fillsOf(play([...rising, [104, 106, 103, 105]], trailing))[1]).toEqual([4, 104, -10]);
  });

  it('waits out the latency and expires after its bars', () => {
    const rows: Row[] = [
      [101, 101, 101, 101],
      [102, 102, 102, 102],
      [103, 103, 103, 103],
    ];
    expect(fillsOf(play(rows, { 0: [buy('market')] }, { latencyBars: 2 }))).toEqual([[3, 103, 10]]);
    expect(fillsOf(play(rows, { 0: [buy('stop', { stopPrice: 103, expireAfterBars: 2 })] }))).toEqual([]);
    expect(fillsOf(play(rows, { 0: [buy('stop', { stopPrice: 103, expireAfterBars: 3 })] }))).toEqual([[3, 103, 10]]);
  });

  it('never lets a reduce-only order open or turn a position', () => {
    const rows: Row[] = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
    ];
    expect(fillsOf(play(rows, { 0: [sell('market', { reduceOnly: true })] }))).toEqual([]);
    const result = play(rows, { 0: [buy('market')], 1: [sell('market', { reduceOnly: true, quantity: 25 })] });
    expect(fillsOf(result)[1]).toEqual([2, 100, -10]);
  });

  it('can be cancelled until it fills', () => {
    const answers: boolean[] = [];
    const bars = toBars([
      [100, 100, 100, 100],
      [101, 101, 101, 101],
      [90, 90, 90, 90],
    ]);
    const result = simulateOrders([bars], options, (context) => {
      if (context.index === 0) context.submit(buy('limit', { limitPrice: 95 }));
      if (context.index === 1) answers.push(context.cancel(1), context.cancel(1));
    });
    expect(answers).toEqual([true, false]);
    expect(result.fills).toEqual([]);
  });
});

describe('brackets and OCO', () => {
  const bracket = { stopLoss: 95, takeProfit: 110 };
  const entry = { 0: [buy('market', { bracket })] };

  it.each<[string, Row[], [number, number, number], string]>([
    ['hit the stop first when one bar holds both', [[100, 111, 94, 100]], [1, 95, -10], 'stop'],
    ['take the target when only it is reached', [[100, 111, 96, 100]], [1, 110, -10], 'take_profit'],
    [
      'take the better open when it gaps over the target',
      [
        [100, 101, 99, 100],
        [112, 113, 90, 100],
      ],
      [2, 112, -10],
      'take_profit',
    ],
    [
      'take the worse open when it gaps under the stop',
      [
        [100, 101, 99, 100],
        [91, 113, 90, 100],
      ],
      [2, 91, -10],
      'stop',
    ],
  ])('%s', (_name, rows, exit, reason) => {
    const result = play(rows, entry);
    expect(fillsOf(result)).toEqual([[1, 100, 10], exit]);
    expect(result.trades).toMatchObject([{ side: 'long', reason, symbol: 0 }]);
  });

  it('leave nothing working after one side filled', () => {
    let working = -1;
    const bars = toBars([
      [100, 100, 100, 100],
      [100, 111, 96, 100],
      [100, 100, 90, 100],
    ]);
    const result = simulateOrders([bars], options, (context) => {
      if (context.index === 0) context.submit(buy('market', { bracket }));
      working = context.workingOrders;
    });
    expect(working).toBe(0);
    expect(result.units[0][2]).toBe(0);
  });

  it('assume the worse of a bar in whose middle the position was opened', () => {
    const limitEntry = { 0: [buy('limit', { limitPrice: 98, bracket })] };
    // the target may have been passed before the entry, the stop after it
    expect(fillsOf(play([[105, 111, 97, 105]], limitEntry))).toEqual([[1, 98, 10]]);
    expect(fillsOf(play([[105, 111, 94, 105]], limitEntry))).toEqual([
      [1, 98, 10],
      [1, 95, -10],
    ]);
    const stopEntry = { 0: [buy('stop', { stopPrice: 103, bracket })] };
    expect(fillsOf(play([[101, 111, 94, 105]], stopEntry))).toEqual([
      [1, 103, 10],
      [1, 95, -10],
    ]);
  });

  it('protect a short upside down', () => {
    const short = { 0: [sell('market', { bracket: { stopLoss: 105, takeProfit: 90 } })] };
    expect(fillsOf(play([[100, 106, 89, 100]], short))[1]).toEqual([1, 105, 10]);
    expect(fillsOf(play([[100, 104, 89, 100]], short))[1]).toEqual([1, 90, 10]);
  });

  it('end with the position they protect, so that they never touch a later one', () => {
    let working = -1;
    const quiet: Row = [100, 100, 100, 100];
    const result = simulateOrders([toBars([quiet, quiet, quiet, quiet, [100, 100, 94, 96]])], options, (context) => {
      if (context.index === 0) context.submit(buy('market', { bracket }));
      if (context.index === 1) context.submit(sell('market'));
      if (context.index === 2) {
        working = context.workingOrders;
        context.submit(buy('market', { quantity: 4 }));
      }
    });
    expect(working).toBe(0);
    expect(result.units[0][4]).toBe(4);
  });

  it('trail from the entry price', () => {
    const result = play(
      [
        [100, 108, 99, 107],
        [106, 107, 101, 102],
      ],
      { 0: [buy('market', { bracket: { trail: 6 } })] },
    );
    expect(fillsOf(result)[1]).toEqual([2, 102, -10]);
    expect(result.trades[0].reason).toBe('trailing_stop');
  });

  it('share the quantity of an OCO group', () => {
    const group = [
      sell('limit', { limitPrice: 104, ocoGroup: 1, reduceOnly: true }),
      sell('stop', { stopPrice: 97, ocoGroup: 1, reduceOnly: true }),
    ];
    const result = play(
      [
        [100, 100, 100, 100],
        [101, 105, 100, 104],
        [100, 101, 90, 91],
      ],
      { 0: [buy('market')], 1: group },
    );
    expect(fillsOf(result)).toEqual([
      [1, 100, 10],
      [2, 104, -10],
    ]);
  });
});

describe('volume and funds', () => {
  it('fill a share of the volume per bar and carry the rest on', () => {
    const rows: Row[] = [
      [100, 100, 100, 100, 40],
      [101, 101, 101, 101, 0],
      [102, 102, 102, 102, 400],
    ];
    const result = play(rows, { 0: [buy('market', { quantity: 30 })] }, { maxParticipation: 0.25 });
    expect(fillsOf(result)).toEqual([
      [1, 100, 10],
      [3, 102, 20],
    ]);
  });

  it('go on with a started stop at the next open, and protect what has filled', () => {
    const rows: Row[] = [
      [100, 100, 100, 100, 400],
      [99, 99, 94, 96, 24],
      [92, 97, 91, 96, 400],
    ];
    const result = play(
      rows,
      { 0: [buy('market', { quantity: 20, bracket: { stopLoss: 95, takeProfit: 120 } })] },
      { maxParticipation: 0.5 },
    );
    expect(fillsOf(result)).toEqual([
      [1, 100, 20],
      [2, 95, -12],
      [3, 92, -8],
    ]);
    expect(result.trades).toMatchObject([
      { quantity: 20, exitPrice: expect.closeTo((12 * 95 + 8 * 92) / 20), exitIndex: 3 },
    ]);
  });

  it('cut an order to what a cash account affords, in lots', () => {
    const result = play(
      [[100, 100, 100, 100]],
      { 0: [buy('market', { quantity: 5000 })] },
      { lot: 7, costs: { ...costs, feeBps: 100 } },
    );
    // 100000 / (100 x 1.01) = 990.09
    expect(fillsOf(result)).toEqual([[1, 100, 987]]);
    expect(result.cutOrders).toBe(1);
    expect(result.fees).toBeCloseTo(987, 9);
  });

  it('allow more with leverage and count short exposure', () => {
    const rows: Row[] = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
    ];
    const result = play(
      rows,
      { 0: [sell('market', { quantity: 5000 })], 1: [buy('market', { quantity: 9000 })] },
      { maxLeverage: 2 },
    );
    expect(fillsOf(result)).toEqual([
      [1, 100, -2000],
      [2, 100, 4000],
    ]);
    expect(result.trades.map((t) => [t.side, t.reason])).toEqual([
      ['short', 'flip'],
      ['long', 'open'],
    ]);
  });

  it('share cash between symbols and skip bars a symbol does not trade', () => {
    const nan: Row = [NaN, NaN, NaN, NaN];
    const first = toBars([
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [110, 110, 110, 110],
      [110, 110, 110, 110],
    ]);
    const second = toBars([[50, 50, 50, 50], nan, [60, 60, 60, 60], nan]);
    const result = simulateOrders([first, second], { ...options, capital: 1000 }, (context) => {
      if (context.index !== 0) return;
      context.submit(buy('market', { quantity: 6 }));
      context.submit(buy('market', { quantity: 20, symbol: 1 }));
    });
    expect(result.fills.map((f) => [f.symbol, f.index, f.price])).toEqual([
      [0, 1, 100],
      [1, 2, 60],
    ]);
    // cash 400 at equity 1060: gross may reach 1060, of which 660 is taken
    expect(result.fills[1].units).toBeCloseTo(400 / 60, 9);
    expect([...result.equity]).toEqual([1000, 1000, 1060, 1060].map((e) => expect.closeTo(e, 9)));
    expect(result.units[1][3]).toBeCloseTo(400 / 60, 9);
    expect(result.trades.every((t) => Number.isFinite(t.netReturn))).toBe(true);
  });

  it('charge borrow on shorts and funding on the side that owes it', () => {
    const rows: Row[] = Array.from({ length: 3 }, (): Row => [100, 100, 100, 100]);
    const borrowed = play(rows, { 0: [sell('market')] }, { borrowBpsPerYear: 360, periodsPerYear: 360 });
    expect(borrowed.financing).toBeCloseTo(2 * 1000 * 1e-4, 12);
    expect(borrowed.equity[3]).toBeCloseTo(100_000 - 0.2, 9);
    const bars = { ...toBars([[100, 100, 100, 100], ...rows]), fundingRate: Float64Array.of(0.5, 0.5, 0.01, -0.02) };
    const funded = simulateOrders([bars], options, (context) => {
      if (context.index === 0) context.submit(buy('market'));
    });
    expect(funded.financing).toBeCloseTo(1000 * 0.01 - 1000 * 0.02, 9);
  });

  it('end at ruin', () => {
    const rows: Row[] = [
      [100, 100, 100, 100],
      [250, 250, 250, 250],
      [10, 10, 10, 10],
    ];
    const result = play(rows, { 0: [sell('market', { quantity: 1000 })] });
    expect([...result.equity]).toEqual([100_000, 100_000, 0, 0]);
    expect([...result.returns]).toEqual([0, 0, -1, 0]);
    expect(result.trades).toMatchObject([{ side: 'short', reason: 'ruin', exitIndex: 2 }]);
  });

  it.each<[string, () => unknown]>([
    ['limitPrice must be a positive price for limit, was undefined', () => play([], { 0: [buy('limit')] })],
    ['quantity must be a positive finite number, was 0', () => play([], { 0: [buy('market', { quantity: 0 })] })],
    ['symbol must be an index below 1, was 1', () => play([], { 0: [buy('market', { symbol: 1 })] })],
    [
      'trail must be a positive distance for trailing_stop, was -1',
      () => play([], { 0: [buy('trailing_stop', { trail: -1 })] }),
    ],
    [
      'bracket.trail must be a positive distance without stopLoss, was 3',
      () => play([], { 0: [buy('market', { bracket: { trail: 3, stopLoss: 9 } })] }),
    ],
    ['capital must be a positive number, was 0', () => play([], {}, { capital: 0 })],
    [
      'symbols[0] bar 1 must have 0 < low <= open, close <= high or be all NaN, was open 10, high 9, low 8, close 9',
      () => play([[10, 9, 8, 9]], {}),
    ],
  ])('refuse bad input: %s', (message, run) => {
    expect(run).toThrow(message);
  });
});
