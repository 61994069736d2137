import { checkProportional } from '../engines';
import { InvalidInputError, requireThat } from '../errors/invalid-input';
import type { PortfolioInput } from './types';

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/**
 * Validates what both engines rely on.
 * @throws InvalidInputError naming field or symbol, rule and value.
 */
export function checkPortfolioInput({ panel, weights, decided, mode, fill, costs, scored }: PortfolioInput): void {
  const { symbols, openTimeMs, open, close } = panel;
  const n = openTimeMs.length;
  const cells = symbols.length * n;
  requireThat(['weight', 'all_in'].includes(mode), 'mode', 'weight or all_in', mode);
  requireThat(['next_open', 'close'].includes(fill), 'fill', 'next_open or close', fill);
  checkProportional(costs);
  requireThat(!costs.fixedFee, 'costs.fixedFee', 'left out for portfolios', costs.fixedFee);
  requireThat(close.length === cells, 'close.length', `${cells}, symbols x bars`, close.length);
  requireThat(weights.length === cells, 'weights.length', `${cells} like close`, weights.length);
  requireThat(decided.length === n, 'decided.length', `${n}, one a bar`, decided.length);
  if (fill === 'next_open') {
    if (open === undefined)
      throw new InvalidInputError('open must be given for fill next_open, was undefined', { field: 'open' });
    requireThat(open.length === cells, 'open.length', `${cells} like close`, open.length);
  }
  if (scored !== undefined) {
    const [from, to] = scored;
    requireThat(0 <= from && from <= to && to <= n, 'scored', `a range of bars within 0 to ${n}`, `${from} to ${to}`);
  }
  const opens = fill === 'next_open' ? (open as Float64Array) : close;
  for (let cell = 0; cell < cells; cell++) {
    const price = close[cell];
    if (price !== price) {
      if (weights[cell] !== 0) refuse(panel, cell, 'weight', 'be 0 where the symbol has no bar', weights[cell]);
      continue;
    }
    if (!(price > 0 && price < Infinity)) refuse(panel, cell, 'close', 'be a positive finite price', price);
    if (!(opens[cell] > 0 && opens[cell] < Infinity))
      refuse(panel, cell, 'open', 'be a positive finite price', opens[cell]);
    if (weights[cell] - weights[cell] !== 0) refuse(panel, cell, 'weight', 'be a finite number', weights[cell]);
  }
}

function refuse(panel: PortfolioInput['panel'], cell: number, what: string, must: string, value: number): never {
  const n = panel.openTimeMs.length;
  const symbol = panel.symbols[Math.floor(cell / n)];
  const message = `${what} of ${symbol} on ${dateOf(panel.openTimeMs[cell % n])} must ${must}, was ${value}`;
  throw new InvalidInputError(message, { field: what, symbol, rule: must, value: String(value) });
}
