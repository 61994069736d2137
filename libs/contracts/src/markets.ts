/**
 * Markets whose calendar is known: New York (NYSE, Nasdaq), Hong Kong, London, Xetra, Euronext (Paris, Amsterdam,
 * Brussels, Lisbon), Tokyo, equity index futures of the CME, foreign exchange, and what never closes.
 */
export const MARKETS = ['US', 'HK', 'GB', 'DE', 'EU', 'JP', 'CME', 'FX', 'CRYPTO'] as const;
export type MarketCode = (typeof MARKETS)[number];
