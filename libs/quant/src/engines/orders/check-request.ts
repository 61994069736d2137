import { requireThat } from '../../errors/invalid-input';
import type { OrderRequest, OrderType } from './types';

const TYPES: readonly OrderType[] = ['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop'];

const positive = (value: number | undefined): boolean => value !== undefined && value > 0 && value < Infinity;

/** Messages are put together only when they are needed: an order costs less than its rules' text. */
function refuse(field: string, rule: string, value: unknown): never {
  requireThat(false, field, rule, value);
}

/** @throws InvalidInputError naming the field at fault. */
export function checkRequest(request: OrderRequest, symbols: number): void {
  const { symbol = 0, side, quantity, type, limitPrice, stopPrice, trail, bracket, expireAfterBars } = request;
  if (!TYPES.includes(type)) refuse('type', `one of ${TYPES.join(', ')}`, type);
  if (side !== 'buy' && side !== 'sell') refuse('side', 'buy or sell', side);
  if (!(Number.isInteger(symbol) && symbol >= 0 && symbol < symbols))
    refuse('symbol', `an index below ${symbols}`, symbol);
  if (!positive(quantity)) refuse('quantity', 'a positive finite number', quantity);
  const needsLimit = type === 'limit' || type === 'stop_limit' || type === 'take_profit';
  const needsStop = type === 'stop' || type === 'stop_limit';
  if (needsLimit && !positive(limitPrice)) refuse('limitPrice', `a positive price for ${type}`, limitPrice);
  if (needsStop && !positive(stopPrice)) refuse('stopPrice', `a positive price for ${type}`, stopPrice);
  if (type === 'trailing_stop' && !positive(trail)) refuse('trail', 'a positive distance for trailing_stop', trail);
  if (expireAfterBars !== undefined && !(Number.isInteger(expireAfterBars) && expireAfterBars >= 1))
    refuse('expireAfterBars', 'an integer of at least 1', expireAfterBars);
  if (bracket === undefined) return;
  const { stopLoss, takeProfit } = bracket;
  if (stopLoss !== undefined && !positive(stopLoss)) refuse('bracket.stopLoss', 'a positive price', stopLoss);
  if (takeProfit !== undefined && !positive(takeProfit)) refuse('bracket.takeProfit', 'a positive price', takeProfit);
  if (bracket.trail !== undefined && !(positive(bracket.trail) && stopLoss === undefined))
    refuse('bracket.trail', 'a positive distance without stopLoss', bracket.trail);
}
