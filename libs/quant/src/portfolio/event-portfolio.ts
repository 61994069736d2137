import { costPerSide } from '../engines';
import { FillLog } from '../engines/fill-log';
import { checkPortfolioInput } from './check-portfolio';
import { EventUnitBook } from './event-unit-book';
import { EventWeightBook } from './event-weight-book';
import type { PortfolioBook } from './portfolio-book';
import { NO_COSTS, proportionalTotals } from './portfolio-charges';
import { sortedTrades } from './sorted-trades';
import type { Contributions, PortfolioInput, PortfolioResult } from './types';
import { unitTrips } from './unit-trips';
import { portfolioWeightTrips } from './weight-trips';

/**
 * A portfolio bar by bar, open before close. Same contract and results (to 1e-9) as `runVectorizedPortfolio`.
 * @throws InvalidInputError like it.
 */
export function runEventPortfolio(input: PortfolioInput): PortfolioResult {
  checkPortfolioInput(input);
  const { panel, weights, decided, mode, scored } = input;
  const n = panel.openTimeMs.length;
  const count = panel.symbols.length;
  const [from, to] = scored ?? [0, n];
  const c = costPerSide(input.costs);
  const logs = panel.symbols.map(() => new FillLog());
  const held = mode === 'weight' ? new Float64Array(panel.close.length) : null;
  const book: PortfolioBook = held ? new EventWeightBook(input, c, held) : new EventUnitBook(input, c, logs);
  const prices = { open: new Float64Array(count), close: new Float64Array(count) };
  const row = new Float64Array(count);
  const path = { returns: new Float64Array(n), equity: new Float64Array(n) };
  let last = 1;
  let base = 1;
  let start = { gains: book.gains.slice(), costs: book.costs.slice() };
  const none = { contribution: new Float64Array(count), costs: new Float64Array(count) };
  let parts: Contributions = { ...none, costsByKind: NO_COSTS, writtenOff: 0 };
  for (let t = 0; t < n; t++) {
    if (t === from) {
      base = last;
      start = { gains: book.gains.slice(), costs: book.costs.slice() };
      book.charges?.begin();
    }
    for (let i = 0; i < count; i++) {
      const cell = i * n + t;
      prices.close[i] = panel.close[cell];
      prices.open[i] = panel.open ? panel.open[cell] : NaN;
      row[i] = weights[cell];
    }
    book.onOpen(t, prices);
    const now = book.onClose(t, prices, row, decided[t] === 1);
    path.equity[t] = now;
    path.returns[t] = last > 0 ? now / last - 1 : 0;
    last = now;
    if (t === to - 1 && from < to && base > 0) parts = partsOf(input, book, start, base, now);
  }
  const trades = held ? portfolioWeightTrips(input, c, held, path.equity) : unitTrips(input, logs);
  return { ...path, ...parts, trades: sortedTrades(trades), ...(input.withFills && !held ? { fills: logs } : {}) };
}

function partsOf(
  input: PortfolioInput,
  book: PortfolioBook,
  start: { gains: Float64Array; costs: Float64Array },
  base: number,
  now: number,
): Contributions {
  const contribution = book.gains.map((value, i) => (value - start.gains[i]) / base);
  const costs = book.costs.map((value, i) => (value - start.costs[i]) / base);
  const costsByKind = book.charges?.totals(base) ?? proportionalTotals(input.costs, costs);
  const isRuined = now === 0;
  const writtenOff = isRuined ? -1 - contribution.reduce((sum, value) => sum + value, 0) : 0;
  return { contribution, costs, costsByKind, writtenOff };
}
