import type { components } from '../../api/generated/research';

/** The fields of the form as they are typed. */
export interface BacktestFields {
  start: string;
  end: string;
  engine: 'vectorized' | 'event' | null;
  fill: 'next_open' | 'close' | null;
  fee: string;
  slippage: string;
  spread: string;
  benchmark: string;
  riskFree: string;
}

type Request = components['schemas']['CreateBacktestDto'];

/** A number as it was typed; what is none goes to the API as text, which says what is wrong with it. */
const numberOf = (text: string): number => {
  const value = Number(text.replace(',', '.'));
  return (Number.isFinite(value) ? value : text) as number;
};

/** The request with what was filled in alone: the rest is as the strategy says. */
export function requestOf(strategyId: string, fields: BacktestFields): Request {
  const { start, end, engine, fill, fee, slippage, spread, benchmark, riskFree } = fields;
  const costs = {
    ...(fee.trim() && { fee_bps: numberOf(fee.trim()) }),
    ...(slippage.trim() && { slippage_bps: numberOf(slippage.trim()) }),
    ...(spread.trim() && { spread_bps: numberOf(spread.trim()) }),
  };
  return {
    strategy_id: strategyId,
    ...(start.trim() && { start: start.trim() }),
    ...(end.trim() && { end: end.trim() }),
    ...(engine && { engine }),
    ...(fill && { fill }),
    ...(Object.keys(costs).length > 0 && { costs: { fee_bps: 0, slippage_bps: 0, spread_bps: 0, ...costs } }),
    ...(benchmark.trim() && { benchmark: { symbol: benchmark.trim() } }),
    ...(riskFree.trim() && { risk_free: { rate: rateOf(riskFree.trim()) } }),
  };
}

/** Percent as typed, as the fraction that the API takes. */
function rateOf(text: string): number {
  const value = numberOf(text);
  return typeof value === 'number' ? value / 100 : value;
}
