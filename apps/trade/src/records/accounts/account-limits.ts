import type { AccountLimits } from '@assay/domain';

/** Limits over all deployments of one account, as they are stored and sent; absent = not limited. */
export interface AccountLimitsDocument {
  /** Loss of the day in percent of its opening equity: the account becomes REDUCING. */
  max_daily_loss_pct?: number;
  /** Fall from the highest equity in percent: the account is HALTED. */
  max_drawdown_pct?: number;
  /** Multiples of equity. */
  max_gross_exposure?: number;
  max_net_exposure?: number;
  max_orders_per_minute?: number;
}

export const accountLimits = (document: AccountLimitsDocument): AccountLimits => ({
  ...(document.max_daily_loss_pct === undefined ? {} : { maxDailyLossPct: document.max_daily_loss_pct }),
  ...(document.max_drawdown_pct === undefined ? {} : { maxDrawdownPct: document.max_drawdown_pct }),
  ...(document.max_gross_exposure === undefined ? {} : { maxGross: document.max_gross_exposure }),
  ...(document.max_net_exposure === undefined ? {} : { maxNet: document.max_net_exposure }),
  ...(document.max_orders_per_minute === undefined ? {} : { maxOrdersPerMinute: document.max_orders_per_minute }),
});
