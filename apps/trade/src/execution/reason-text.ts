import type { RiskCheckRecord } from '@assay/contracts';
import type { HoldReason, PermissionReason } from '@assay/domain';

type Words = string | ((actual: string, limit: string) => string);

const STATES: Record<PermissionReason, Words> = {
  not_confirmed: 'the deployment is not confirmed yet: answer its challenge',
  stopped: 'the deployment is stopped',
  disabled: 'the deployment is disabled: enable it to trade',
  halted: 'the account is HALTED until a person sets it ACTIVE again',
  frozen: 'an order on this account and symbol is of unknown fate: nothing is entered until it is settled',
  drifted: 'the venue and our ledger disagree on the position: only our own position may be reduced',
  paused: 'the deployment is paused and enters nothing',
  reducing: 'the account is REDUCING and enters nothing',
};

const HOLDS: Record<HoldReason, Words> = {
  already_flat: 'the target is flat, and so is the position',
  already_held: 'the position is the target already',
  below_lot: (actual, limit) => `${actual} is less than one lot of ${limit}`,
  below_minimum: (actual) => `an order of ${actual} is less than the venue takes`,
  short_not_allowed: 'the target is short, and the account may only hold what it has paid for',
  orders_pending: 'orders that lead to the target are on their way',
  insufficient_data: 'there is no signal: an input is missing',
  awaiting_next_entry: 'it joins at the next entry of its strategy',
  stop_not_reached: 'the stop is not reached',
};

const WORDS: Readonly<Record<string, Words>> = {
  ...STATES,
  ...HOLDS,
  corporate_action:
    'a split was declared that its position, or the prices its signals come of, do not know: flatten it, or deploy the strategy anew',
  not_reachable: 'the venue does not answer',
  not_tradable: 'the venue takes no orders now',
  bar_not_closed: (actual, limit) => `the newest bar closes ${actual}, which is after ${limit}`,
  stale_data: (actual, limit) => `the newest bar closed ${actual}, and the one that closed ${limit} is not stored`,
  invalid_signal: (actual, limit) => `the signal must be ${limit}, was ${actual}`,
  stop_loss: (actual, limit) => `the position has lost ${actual} %, the stop is at ${limit} %`,
  take_profit: (_, limit) => `the price has reached the target of ${limit}`,
  trailing_stop: (_, limit) => `the price has reached the trailing stop at ${limit}`,
  breakeven: (_, limit) => `the price is back at the entry of ${limit}`,
  stop_latched: 'it was stopped out and stays flat until the target changes',
  cash_unknown: 'the venue did not say how much cash there is',
  price_unknown: 'no price is known',
  insufficient_cash: (actual, limit) => `it needs ${actual} with its costs, and ${limit} is free`,
  max_position: (actual, limit) => `the position would be worth ${actual} USD, max_position_usd is ${limit}`,
  fx_missing: 'no rate to USD is stored, so the position has no value to compare with max_position_usd',
  fx_stale: (actual) => `the rate to USD is of ${actual}, too old to value the position with`,
  max_daily_trades: (actual, limit) => `it would be entry ${actual} of the day, max_daily_trades is ${limit}`,
  daily_loss: (actual, limit) => `the account has lost ${actual} % today, its limit is ${limit} %`,
  drawdown: (actual, limit) => `the account is ${actual} % below its highest equity, its limit is ${limit} %`,
  order_rate: (actual, limit) => `it would be order ${actual} of the account within a minute, the limit is ${limit}`,
  gross_exposure: (actual, limit) => `gross exposure of the account would be ${actual}, the limit is ${limit}`,
  net_exposure: (actual, limit) => `net exposure of the account would be ${actual}, the limit is ${limit}`,
  superseded: 'what was decided since asks for another order',
  intent_expired: 'it could not be sent in its time',
  close_not_filled: 'the order before it, which closes the position, was not filled',
};

/** Why nothing was ordered, in words with the numbers of the check that decided. A code that has no words is told by its name and these. */
export function reasonText(checks: readonly RiskCheckRecord[], code: string): string {
  const decided = checks.find((check) => !check.passed && check.code === code);
  const words =
    WORDS[code] ?? ((actual, limit) => `${code.replaceAll('_', ' ')}: was ${actual}, the limit is ${limit}`);
  if (typeof words !== 'function') return words;
  return decided ? words(String(decided.actual), String(decided.limit)) : code;
}
