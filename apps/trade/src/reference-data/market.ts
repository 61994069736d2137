import { MARKETS, type MarketCode } from '@assay/contracts';

/** What prices and quantities of a market usually are, where nobody has stated the instrument's own rules. */
export interface UsualRules {
  currency: string;
  lot: string;
  tick: string;
}

/** London quotes in pence, whose code is GBX; Tokyo trades in hundreds. */
const USUAL: Readonly<Record<MarketCode, UsualRules>> = {
  US: { currency: 'USD', lot: '1', tick: '0.01' },
  HK: { currency: 'HKD', lot: '1', tick: '0.01' },
  GB: { currency: 'GBX', lot: '1', tick: '0.01' },
  DE: { currency: 'EUR', lot: '1', tick: '0.01' },
  EU: { currency: 'EUR', lot: '1', tick: '0.01' },
  JP: { currency: 'JPY', lot: '100', tick: '0.1' },
  CME: { currency: 'USD', lot: '1', tick: '0.25' },
  FX: { currency: 'USD', lot: '1', tick: '0.00001' },
  CRYPTO: { currency: 'USD', lot: '0.00000001', tick: '0.01' },
};

/** `EURUSD`, `EUR/USD`, `EUR_USD`, with or without the market before it. */
const PAIR = /(?:^|\.)[A-Z]{3}[/_-]?([A-Z]{3})$/;

export const isMarket = (value: string): value is MarketCode => (MARKETS as readonly string[]).includes(value);

/** Usual rules of a symbol; a currency pair is priced in its second currency. An unknown market counts as US. */
export function usualRules(market: string, symbol: string): UsualRules {
  const usual = USUAL[isMarket(market) ? market : 'US'];
  if (market !== 'FX') return usual;
  const currency = PAIR.exec(symbol)?.[1] ?? usual.currency;
  return { ...usual, currency, tick: currency === 'JPY' ? '0.001' : usual.tick };
}

/** `US.AAPL` names its market itself; otherwise a year of 365 bars is a market that never closes. */
export function inferMarket(ticker: string, tradingPeriod: number): MarketCode {
  const prefix = ticker.split('.')[0] ?? '';
  if (ticker.includes('.') && isMarket(prefix)) return prefix;
  return tradingPeriod === 365 ? 'CRYPTO' : 'US';
}
