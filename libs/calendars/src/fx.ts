import { isWeekday } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';

const REGULAR: readonly SessionPart[] = [['eve 17:00', '17:00']];

/**
 * Foreign exchange: from Sunday to Friday 17:00 in New York without a pause, cut into days at 17:00 and dated by their
 * close. No exchange declares holidays; how much is quoted on 25 December and 1 January differs by source.
 */
export const fx: MarketRules = {
  market: 'FX',
  name: 'FX',
  zone: 'America/New_York',
  coverage: ['1971-01-01', '2100-12-31'],
  sessionsPerYear: 261,
  regular: REGULAR,
  dateBeginsAtHour: 17,
  isSession: isWeekday,
  parts: () => REGULAR,
};
