import type { AccountEntity } from '../records/accounts/account.entity';
import type { AccountDto } from './account.response';
import type { PaperAccount } from './paper-accounts';

/** @param cash what the paper venue knows; null for a live account */
export function accountView(row: AccountEntity, cash: PaperAccount | null): AccountDto {
  return {
    account_id: row.accountId,
    name: row.name,
    broker: row.broker,
    paper: row.paper,
    purpose: row.purpose,
    currency: row.currency,
    can_short: row.canShort,
    trading_state: row.tradingState,
    trading_state_reason: row.tradingStateReason,
    limits: row.limits,
    cash: cash?.cash ?? null,
    initial_cash: cash?.initialCash ?? null,
    fee_bps: cash ? Number(cash.feeBps) : null,
    version: row.version,
    created_at: row.createdAt.toISOString(),
  };
}
