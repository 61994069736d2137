/** Markets whose calendar and currency are known. */
export const MARKETS = {
  US: { currency: 'USD', lot: '1' },
  HK: { currency: 'HKD', lot: '1' },
  CRYPTO: { currency: 'USD', lot: '0.00000001' },
} as const;
export type Market = keyof typeof MARKETS;

export const isMarket = (value: string): value is Market => Object.hasOwn(MARKETS, value);

/** `US.AAPL` names its market itself; otherwise a year of 365 bars is a market that never closes. */
export function inferMarket(ticker: string, tradingPeriod: number): Market {
  const prefix = ticker.split('.')[0] ?? '';
  if (ticker.includes('.') && isMarket(prefix)) return prefix;
  return tradingPeriod === 365 ? 'CRYPTO' : 'US';
}
