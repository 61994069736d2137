import type { UsedBars } from '../../definitions/made-up';
import { textIn } from './metric-text';

/** The bars that a backtest read, by what it keeps of them; of a universe those of every symbol. */
export function usedBarsOf(data: Record<string, unknown> | null): UsedBars[] {
  const symbol = textIn(data, 'symbol');
  const series = Array.isArray(data?.series) ? (data.series as { symbol: string }[]) : [];
  const symbols = series.length > 0 ? series.map((one) => one.symbol) : symbol === null ? [] : [symbol];
  return [{ symbols, source: textIn(data, 'source'), timeframe: textIn(data, 'timeframe') ?? '1d' }];
}
