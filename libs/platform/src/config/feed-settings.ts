import { join, resolve } from 'node:path';
import { ConfigurationError } from '@assay/persistence';

/** What the operator says about feeds of market data. */
export interface FeedSettings {
  /** The folder that feeds of files lie in. */
  folder: string;
  /** Hosts, with or without a port, that feeds may ask although their addresses are not public. */
  privateHosts: string[];
  /** Addresses that exchanges are asked at in place of their own, by ccxt's id. */
  ccxtUrls: Record<string, string>;
  alpacaUrl: string;
  /** Keys by variable, for those who state none with their subscription. */
  keys: Record<string, string | undefined>;
}

/** The members of a list with commas. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

function httpUrl(name: string, text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new ConfigurationError(`${name} must be an http or https address, was ${text}`);
}

/** @throws ConfigurationError that names the variable, the rule and the value */
export function feedSettings(env: NodeJS.ProcessEnv, dataDir: string): FeedSettings {
  const ccxt = listOf(env.FEED_CCXT_URLS).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new ConfigurationError(`FEED_CCXT_URLS must be pairs like bybit=https://host, was ${pair}`);
    return [pair.slice(0, at), httpUrl('FEED_CCXT_URLS', pair.slice(at + 1))];
  });
  return {
    folder: resolve(env.FEED_FOLDER ?? join(dataDir, 'feeds')),
    privateHosts: listOf(env.FEED_PRIVATE_HOSTS),
    ccxtUrls: Object.fromEntries(ccxt),
    alpacaUrl: httpUrl('FEED_ALPACA_URL', env.FEED_ALPACA_URL ?? 'https://data.alpaca.markets'),
    keys: {
      ALPACA_API_KEY: env.ALPACA_API_KEY,
      ALPHA_VANTAGE_API_KEY: env.ALPHA_VANTAGE_API_KEY,
      TIINGO_API_KEY: env.TIINGO_API_KEY,
      EODHD_API_KEY: env.EODHD_API_KEY,
    },
  };
}
