export const TIMEFRAMES = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '1d', '1w', '1M'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** A stored series, as addresses and requests name it. */
export interface SeriesKey {
  symbol: string;
  source: string;
  timeframe: Timeframe;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

export const isTimeframe = (value: string): value is Timeframe => (TIMEFRAMES as readonly string[]).includes(value);

/** The search parameters of the series page. */
export function seriesSearch(search: Record<string, unknown>): SeriesKey {
  const timeframe = text(search.timeframe);
  return {
    symbol: text(search.symbol),
    source: text(search.source),
    timeframe: isTimeframe(timeframe) ? timeframe : '1d',
  };
}

export const MARKETS = ['US', 'HK', 'GB', 'DE', 'EU', 'JP', 'CME', 'FX', 'CRYPTO'] as const;
export type MarketName = (typeof MARKETS)[number];

/** Names of markets as people know them. */
export const MARKET_NAMES: Record<MarketName, string> = {
  US: 'United States (NYSE, NASDAQ)',
  HK: 'Hong Kong (HKEX)',
  GB: 'London (LSE)',
  DE: 'Germany (XETRA)',
  EU: 'Euronext',
  JP: 'Tokyo (TSE)',
  CME: 'Chicago (CME Globex)',
  FX: 'Foreign exchange',
  CRYPTO: 'Crypto, around the clock',
};

export const marketOptions = MARKETS.map((value) => ({ value, label: MARKET_NAMES[value] }));
