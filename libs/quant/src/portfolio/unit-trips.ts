import type { FillLog } from '../engines/fill-log';
import { roundTrips } from '../engines/round-trips';
import type { PortfolioInput, PortfolioTrade } from './types';

/** Round trips of each symbol's fills; a symbol without bars at the end was closed at its last one. */
export function unitTrips({ panel, fill }: PortfolioInput, logs: readonly FillLog[]): PortfolioTrade[] {
  const n = panel.openTimeMs.length;
  const trades: PortfolioTrade[] = [];
  logs.forEach((log, i) => {
    if (log.length === 0) return;
    const close = panel.close.subarray(i * n, (i + 1) * n);
    for (const trade of roundTrips(log, { close }, fill === 'close' ? 'close' : 'open'))
      trades.push({ symbol: panel.symbols[i], ...trade });
  });
  return trades;
}
