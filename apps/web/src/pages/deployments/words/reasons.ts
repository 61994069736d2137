import { inWords } from '../../../format/words';

/** What a decision or an order came to, for the codes whose name does not say it. */
const REASONS: Record<string, string> = {
  filled: 'Filled',
  already_held: 'Held already',
  already_flat: 'Flat already',
  stale_data: 'The newest bar is missing',
  no_session: 'No session',
  disabled: 'Switched off',
  kill_switch: 'Switched off',
  paused: 'Paused',
  halted: 'Account halted',
  reducing: 'Account only reduces',
  max_position: 'Position limit',
  max_daily_trades: 'Trades of the day used up',
  stop_loss: 'Stop loss',
  no_cash: 'Not enough cash',
  insufficient_cash: 'Not enough cash',
};

export const reasonWords = (code: string): string => REASONS[code] ?? inWords(code);

interface Check {
  check: string;
  passed: boolean;
  limit: unknown;
  actual: unknown;
  code: string | null;
}

const CHECKS: Record<string, string> = {
  kill_switch: 'Switched on and active',
  connection: 'Broker reachable',
  data: 'Newest bar is there',
  signal: 'Signal is -1, 0 or 1',
  stop_loss: 'Loss below the stop (%)',
  duplicate: 'Something to change',
  order_rules: 'Order rules of the venue',
  cash: 'Cash is enough',
  max_position: 'Position within its limit',
  max_daily_trades: 'Trades of the day within their limit',
  account_limits: 'Limits of the account',
};

export const checkWords = (check: string): string => CHECKS[check] ?? inWords(check);

/** A limit or a figure of a check: long decimals shortened, nothing as a dash. */
export function checkValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  if (/^-?\d+\.\d{7,}$/.test(text)) return Number(text).toFixed(6);
  return text;
}

/** The outcome of a check: not needed where there was no order to check. */
export function checkOutcome({ passed, code }: Check): string {
  if (code === 'no_order') return 'no order to check';
  if (code === 'no_limits') return 'no limits set';
  return passed ? 'passed' : code ? reasonWords(code).toLowerCase() : 'not passed';
}

const WARNINGS: Record<string, string> = {
  limits_not_backtested: 'Limits were not part of a backtest',
  no_stop_loss: 'No stop loss',
  synthetic_bars: 'Made-up bars',
};
export const warningTitle = (code: string): string => WARNINGS[code] ?? inWords(code);
