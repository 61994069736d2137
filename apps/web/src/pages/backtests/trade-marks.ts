import type { ChartMarker } from '../../charts/price-canvas';
import { formatPercent } from '../../format/number';
import { numberIn, textIn } from './metric-text';

export type Trade = Record<string, unknown>;

const timeOf = (trade: Trade, key: string): number => Date.parse(textIn(trade, key) ?? '');

/** Entries and exits of trades on the loaded bars, of one symbol where several were traded. */
export function marksOfTrades(
  trades: readonly Trade[],
  first: number,
  last: number,
  symbol: string | null = null,
): ChartMarker[] {
  const within = (time: number) => time >= first && time <= last;
  const marks: ChartMarker[] = [];
  for (const trade of trades) {
    const own = textIn(trade, 'symbol');
    if (symbol !== null && own !== null && own !== symbol) continue;
    const short = textIn(trade, 'side') === 'short';
    const entry = timeOf(trade, 'entry_time');
    const exit = timeOf(trade, 'exit_time');
    if (within(entry)) marks.push({ time: entry, kind: short ? 'sell' : 'buy', text: short ? 'short' : 'long' });
    if (within(exit)) {
      const earned = numberIn(trade, 'net_return');
      const text = earned === null ? 'out' : `out ${earned > 0 ? '+' : ''}${formatPercent(earned, 1)}`;
      marks.push({ time: exit, kind: short ? 'buy' : 'sell', text });
    }
  }
  return marks.sort((a, b) => a.time - b.time);
}
