import { checkProportional } from '../costs';
import { InvalidInputError, requireThat } from '../../errors/invalid-input';
import { isBar } from '../../series/bar-range';
import { roundTrips } from '../round-trips';
import { OrderAccount } from './order-account';
import { OrderBook } from './order-book';
import type { BarContext, OrderRequest, OrderTrade, SimulationOptions, SimulationResult, SymbolBars } from './types';

class Context implements BarContext {
  index = -1;
  equity: number;

  constructor(
    private readonly account: OrderAccount,
    private readonly book: OrderBook,
    capital: number,
  ) {
    this.equity = capital;
  }

  get cash(): number {
    return this.account.cash;
  }

  get workingOrders(): number {
    return this.book.size;
  }

  position(symbol = 0): number {
    return this.account.units[symbol];
  }

  submit(order: OrderRequest): number {
    return this.book.submit(order, this.index);
  }

  cancel(id: number): boolean {
    return this.book.cancel(id);
  }
}

function checkSimulation(symbols: readonly SymbolBars[], options: SimulationOptions): void {
  requireThat(symbols.length >= 1, 'symbols.length', 'at least 1', symbols.length);
  const n = symbols[0].close.length;
  symbols.forEach((bars, s) => {
    for (const field of ['open', 'high', 'low', 'close', 'volume', 'fundingRate'] as const) {
      const column = bars[field];
      requireThat(
        column === undefined || column.length === n,
        `symbols[${s}].${field}.length`,
        `${n} like the first close`,
        column?.length,
      );
    }
    for (let t = 0; t < n; t++) {
      const open = bars.open[t];
      const high = bars.high[t];
      const low = bars.low[t];
      const close = bars.close[t];
      if (isBar(open, high, low, close)) continue;
      const missing = Number.isNaN(open) && Number.isNaN(high) && Number.isNaN(low) && Number.isNaN(close);
      if (!missing)
        throw new InvalidInputError(
          `symbols[${s}] bar ${t} must have 0 < low <= open, close <= high or be all NaN, was open ${open}, high ${high}, low ${low}, close ${close}`,
          { symbol: s, bar: t },
        );
    }
  });
  checkProportional(options.costs);
  const { capital, latencyBars, maxParticipation, maxLeverage, lot, borrowBpsPerYear, periodsPerYear } = options;
  requireThat(capital > 0 && capital < Infinity, 'capital', 'a positive number', capital);
  requireThat(
    latencyBars === undefined || (Number.isInteger(latencyBars) && latencyBars >= 0),
    'latencyBars',
    'an integer of at least 0',
    latencyBars,
  );
  requireThat(
    maxParticipation === undefined || (maxParticipation > 0 && maxParticipation <= 1),
    'maxParticipation',
    'above 0 and at most 1',
    maxParticipation,
  );
  requireThat(
    maxParticipation === undefined || symbols.every((bars) => bars.volume !== undefined),
    'maxParticipation',
    'used with volume',
    maxParticipation,
  );
  requireThat(
    maxLeverage === undefined || (maxLeverage > 0 && maxLeverage < Infinity),
    'maxLeverage',
    'a positive number',
    maxLeverage,
  );
  requireThat(lot === undefined || (lot > 0 && lot < Infinity), 'lot', 'a positive number', lot);
  requireThat(
    borrowBpsPerYear === undefined || (borrowBpsPerYear >= 0 && borrowBpsPerYear < Infinity),
    'borrowBpsPerYear',
    'a number >= 0',
    borrowBpsPerYear,
  );
  requireThat(
    borrowBpsPerYear === undefined || (periodsPerYear !== undefined && periodsPerYear > 0),
    'periodsPerYear',
    'positive with borrowBpsPerYear',
    periodsPerYear,
  );
}

/** Marks positions at the open, then charges borrow on shorts and funding on what was held into the bar. */
function openBar(t: number, symbols: readonly SymbolBars[], account: OrderAccount, borrowPerBar: number): void {
  for (let s = 0; s < symbols.length; s++) {
    const { open, fundingRate } = symbols[s];
    const units = account.units[s];
    if (borrowPerBar > 0 && units < 0) account.pay(-units * account.marks[s] * borrowPerBar);
    if (!(open[t] > 0)) continue;
    account.marks[s] = open[t];
    if (fundingRate !== undefined && units !== 0 && fundingRate[t] !== 0)
      account.pay(units * open[t] * (fundingRate[t] || 0));
  }
}

/**
 * Event engine with orders: bar by bar over one or many symbols that share cash.
 *
 * `onBar` runs at each close; what it submits is active from the next bar (plus latency). Market orders fill at the open.
 * Stops fill at their price or, when the bar opens beyond it, at the open; limits likewise at their price or better.
 * Inside a bar stops come before targets. Volume participation leaves the rest working, a started stop goes on at the
 * next open. Equity at or below zero at an open or a close ends everything.
 * @throws InvalidInputError for bad bars, options or orders, naming field, rule and value.
 */
export function simulateOrders(
  symbols: readonly SymbolBars[],
  options: SimulationOptions,
  onBar: (context: BarContext) => void,
): SimulationResult {
  checkSimulation(symbols, options);
  const n = symbols[0].close.length;
  const account = new OrderAccount(symbols.length, options);
  const book = new OrderBook(symbols, account, options);
  const context = new Context(account, book, options.capital);
  const borrowPerBar =
    options.borrowBpsPerYear === undefined ? 0 : options.borrowBpsPerYear / 1e4 / options.periodsPerYear!;
  const returns = new Float64Array(n);
  const equity = new Float64Array(n);
  const units = symbols.map(() => new Float64Array(n));
  let before = options.capital;
  for (let t = 0; t < n; t++) {
    let value = account.cash;
    // without a position nothing is marked or charged at the open
    if (account.openPositions > 0) {
      openBar(t, symbols, account, borrowPerBar);
      value = account.equity();
    }
    if (!account.isRuinedBy(value)) {
      if (book.size > 0) book.runBar(t);
      for (let s = 0; s < symbols.length; s++) {
        const close = symbols[s].close[t];
        if (close > 0) account.marks[s] = close;
      }
      value = account.cash;
      if (account.openPositions > 0) {
        for (let s = 0; s < symbols.length; s++) units[s][t] = account.units[s];
        value = account.equity();
      }
    }
    if (account.isRuinedBy(value)) {
      account.ruin(t);
      for (const held of units) held[t] = 0;
      returns[t] = -1;
      break;
    }
    equity[t] = value;
    if (value !== before) returns[t] = value / before - 1;
    before = value;
    context.index = t;
    context.equity = value;
    onBar(context);
  }
  const trades: OrderTrade[] = [];
  for (let symbol = 0; symbol < symbols.length; symbol++)
    for (const trade of roundTrips(account.logs[symbol], symbols[symbol], 'intrabar'))
      trades.push(Object.assign(trade, { symbol }));
  if (symbols.length > 1) trades.sort((a, b) => a.entryIndex - b.entryIndex || a.symbol - b.symbol);
  return {
    returns,
    equity,
    units,
    fills: account.fills,
    trades,
    fees: account.fees,
    financing: account.financing,
    cutOrders: book.cutOrders,
  };
}
