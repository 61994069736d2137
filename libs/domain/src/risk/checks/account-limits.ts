import { Decimal, toWire } from '@assay/primitives';
import { isAtLeast, PURE_NUMBER } from '@assay/quant';
import type { TradingState } from '@assay/contracts';
import { type OrderLeg } from '../../orders';
import { exempt, failed, passed, type CheckResult } from '../check-result';

/** Limits across all deployments of an account; an absent one is not set. Percentages are of equity. */
export interface AccountLimits {
  maxDailyLossPct?: number;
  maxDrawdownPct?: number;
  /** Multiples of equity. */
  maxGross?: number;
  maxNet?: number;
  maxOrdersPerMinute?: number;
}

/** The account's money in its own currency, other deployments' reservations included. Decimals are strings. */
export interface AccountFacts {
  equity: string;
  dayStartEquity: string;
  peakEquity: string;
  grossExposure: string;
  /** Signed. */
  netExposure: string;
  ordersLastMinute: number;
  limits: AccountLimits;
}

/** What a breached limit makes of the account; only a person lifts HALTED. */
export interface AccountAction {
  tradingState: Exclude<TradingState, 'ACTIVE'>;
  reason: 'daily_loss' | 'drawdown';
}

/** Daily loss makes an account REDUCING, drawdown HALTED, whatever order is meant. */
export function accountAction(account: AccountFacts): AccountAction | null {
  const { limits } = account;
  if (exceeds(lossPct(account.peakEquity, account.equity), limits.maxDrawdownPct)) {
    return { tradingState: 'HALTED', reason: 'drawdown' };
  }
  if (exceeds(lossPct(account.dayStartEquity, account.equity), limits.maxDailyLossPct)) {
    return { tradingState: 'REDUCING', reason: 'daily_loss' };
  }
  return null;
}

/** @param orderValue notional of the leg in the account's currency. */
export function checkAccountLimits(
  leg: OrderLeg | null,
  account: AccountFacts | null,
  orderValue: string | null,
): CheckResult {
  const check = 'account_limits';
  if (!leg || leg.reducing) return exempt(check, null, leg !== null);
  if (!account) return passed(check, null, null, 'no_limits');
  const { limits } = account;
  const action = accountAction(account);
  if (action?.reason === 'drawdown') {
    return failed(check, 'drawdown', show(lossPct(account.peakEquity, account.equity)), limits.maxDrawdownPct ?? null);
  }
  if (action) {
    return failed(
      check,
      'daily_loss',
      show(lossPct(account.dayStartEquity, account.equity)),
      limits.maxDailyLossPct ?? null,
    );
  }
  const rate = account.ordersLastMinute + 1;
  if (limits.maxOrdersPerMinute !== undefined && rate > limits.maxOrdersPerMinute) {
    return failed(check, 'order_rate', rate, limits.maxOrdersPerMinute);
  }
  return checkExposure(leg, account, orderValue);
}

function checkExposure(leg: OrderLeg, account: AccountFacts, orderValue: string | null): CheckResult {
  const check = 'account_limits';
  const { maxGross, maxNet } = account.limits;
  if (maxGross === undefined && maxNet === undefined) return passed(check, null, null);
  if (orderValue === null) return failed(check, 'price_unknown', null, null);
  const gross = new Decimal(account.grossExposure).plus(orderValue);
  const grossLimit = maxGross === undefined ? null : new Decimal(account.equity).times(maxGross);
  if (grossLimit && gross.greaterThan(grossLimit)) {
    return failed(check, 'gross_exposure', toWire(gross), toWire(grossLimit));
  }
  const net = new Decimal(account.netExposure).plus(new Decimal(orderValue).times(leg.side === 'BUY' ? 1 : -1)).abs();
  const netLimit = maxNet === undefined ? null : new Decimal(account.equity).times(maxNet);
  if (netLimit && net.greaterThan(netLimit)) return failed(check, 'net_exposure', toWire(net), toWire(netLimit));
  return passed(check, toWire(gross), grossLimit && toWire(grossLimit));
}

function lossPct(from: string, to: string): Decimal | null {
  const base = new Decimal(from);
  return base.greaterThan(0) ? base.minus(to).div(base).times(100) : null;
}

function exceeds(loss: Decimal | null, limit: number | undefined): boolean {
  return loss !== null && limit !== undefined && isAtLeast(loss.toNumber(), limit, PURE_NUMBER);
}

function show(loss: Decimal | null): number | null {
  return loss === null ? null : Number(loss.toFixed(6));
}
