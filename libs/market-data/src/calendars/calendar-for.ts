import { invalid } from '@assay/primitives';
import { crypto } from './crypto';
import { hkex } from './hkex';
import type { MarketCode, MarketRules } from './market-rules';
import { nyse } from './nyse';
import { SessionCalendar } from './session-calendar';

const RULES: Readonly<Record<MarketCode, MarketRules>> = { US: nyse, HK: hkex, CRYPTO: crypto };
const ALIASES: Readonly<Record<string, MarketCode>> = {
  US: 'US',
  NYSE: 'US',
  NASDAQ: 'US',
  HK: 'HK',
  HKEX: 'HK',
  CRYPTO: 'CRYPTO',
  '24/7': 'CRYPTO',
};

export const MARKETS = Object.keys(RULES) as MarketCode[];

const made = new Map<MarketCode, SessionCalendar>();

/** The market a name stands for (`US`, `NYSE`, `NASDAQ`, `HK`, `HKEX`, `CRYPTO`, `24/7`, any case), if any. */
export function marketOf(name: string): MarketCode | undefined {
  const key = name.toUpperCase();
  return Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined;
}

/** The calendar of a market; one object per market, so that sessions are worked out once. Unknown: `validation_failed`. */
export function calendarFor(market: string): SessionCalendar {
  const code = marketOf(market);
  if (code === undefined) {
    const message = `market must be one of ${Object.keys(ALIASES).join(', ')}, was ${market}`;
    throw invalid([{ field: 'market', rule: 'enum', value: market, message }]);
  }
  const calendar = made.get(code) ?? new SessionCalendar(RULES[code]);
  made.set(code, calendar);
  return calendar;
}
