import type { MarketCode } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { cmeEquity } from './cme-equity';
import { crypto } from './crypto';
import { euronext } from './euronext';
import { fx } from './fx';
import { hkex } from './hkex';
import { lse } from './lse';
import type { MarketRules } from './market-rules';
import { nyse } from './nyse';
import { SessionCalendar } from './session-calendar';
import { tokyo } from './tokyo';
import { xetra } from './xetra';

const RULES: Readonly<Record<MarketCode, MarketRules>> = {
  US: nyse,
  HK: hkex,
  GB: lse,
  DE: xetra,
  EU: euronext,
  JP: tokyo,
  CME: cmeEquity,
  FX: fx,
  CRYPTO: crypto,
};

/** Names of a market beside its code: exchanges, and their codes of ISO 10383. */
const NAMES: Readonly<Record<MarketCode, readonly string[]>> = {
  US: ['NYSE', 'NASDAQ', 'XNYS', 'XNAS'],
  HK: ['HKEX', 'XHKG'],
  GB: ['LSE', 'XLON'],
  DE: ['XETRA', 'XETR'],
  EU: ['EURONEXT', 'XPAR', 'XAMS', 'XBRU', 'XLIS'],
  JP: ['TSE', 'JPX', 'XTKS'],
  CME: ['GLOBEX', 'XCME'],
  FX: ['FOREX'],
  CRYPTO: ['24/7'],
};
const CODES = new Map<string, MarketCode>();
for (const [code, names] of Object.entries(NAMES) as [MarketCode, readonly string[]][])
  for (const name of [code, ...names]) CODES.set(name, code);

const made = new Map<MarketCode, SessionCalendar>();

/** The market a name stands for (its code, an exchange or its ISO code, any case), if any. */
export const marketOf = (name: string): MarketCode | undefined => CODES.get(name.toUpperCase());

/** The calendar of a market; one object per market, so that sessions are worked out once. Unknown: `validation_failed`. */
export function calendarFor(market: string): SessionCalendar {
  const code = marketOf(market);
  if (code === undefined) {
    const message = `market must be one of ${[...CODES.keys()].join(', ')}, was ${market}`;
    throw invalid([{ field: 'market', rule: 'enum', value: market, message }]);
  }
  const calendar = made.get(code) ?? new SessionCalendar(RULES[code]);
  made.set(code, calendar);
  return calendar;
}
