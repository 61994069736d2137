import type { MarketRules, SessionPart } from './market-rules';

const ALL_DAY: readonly SessionPart[] = [['00:00', '24:00']];

/** A market that never closes: each UTC date is one session. */
export const crypto: MarketRules = {
  market: 'CRYPTO',
  name: 'CRYPTO',
  zone: 'UTC',
  coverage: ['1970-01-01', '2100-12-31'],
  sessionsPerYear: 365,
  regular: ALL_DAY,
  isSession: () => true,
  parts: () => ALL_DAY,
};
