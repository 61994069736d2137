import { invalid } from '@assay/primitives';
import type { Exchange } from 'ccxt';

export interface ExchangeOptions {
  /** ccxt's id, such as `bybit`. */
  exchange: string;
  /** Sends every REST call to this base URL instead of the venue's, e.g. a venue simulator. */
  baseUrl?: string;
  timeoutMs?: number;
}

/** Market types whose instruments are loaded; others need further endpoints of the venue. */
const MARKET_TYPES = ['spot', 'linear'];

/** Loads ccxt. @throws DomainError `validation_failed` for what is no exchange of ccxt, or one without bars */
export function requireExchange(exchange: string, field: string): void {
  const { has } = openExchange({ exchange }, field);
  if (has.fetchOHLCV === true) return;
  const message = `${field} must be an exchange that gives bars, ${exchange} does not`;
  throw invalid([{ field, rule: 'gives_bars', value: exchange, message }]);
}

/** A public ccxt client. ccxt takes most of a second to load, so it is loaded by the first call. */
export function openExchange(options: ExchangeOptions, field = 'exchange'): Exchange {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on first use
  const ccxt = require('ccxt') as typeof import('ccxt');
  if (!(ccxt.exchanges as unknown as string[]).includes(options.exchange)) {
    const message = `${field} must be an exchange id of ccxt such as bybit, was ${options.exchange}`;
    throw invalid([{ field, rule: 'enum', value: options.exchange, message }]);
  }
  const Client = (ccxt as unknown as Record<string, new (config: object) => Exchange>)[options.exchange];
  const client = new Client({
    enableRateLimit: true,
    timeout: options.timeoutMs ?? 10_000,
    options: { fetchMarkets: { types: MARKET_TYPES } },
  });
  if (options.baseUrl !== undefined) {
    const api = client.urls.api as Record<string, unknown>;
    for (const name of Object.keys(api)) if (typeof api[name] === 'string') api[name] = options.baseUrl;
  }
  return client;
}
