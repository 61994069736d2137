import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';

export type Account = components['schemas']['AccountDto'];
export type TradingState = Account['trading_state'];

export const accountsQuery = queryOptions({
  queryKey: ['account', 'all'],
  queryFn: ({ signal }): Promise<Account[]> =>
    allPages((cursor) => answer(trade.GET('/api/v1/accounts', { params: { query: { cursor } }, signal }))),
});

export const setTradingState = (accountId: string, state: TradingState, reason: string): Promise<Account> =>
  answer(
    trade.POST('/api/v1/accounts/{accountId}/trading-state', {
      params: { path: { accountId } },
      body: { trading_state: state, reason },
    }),
  );

/** Whether a halt would stop something: a replay has an account of its own and trades the past alone. */
export const isTrading = ({ purpose, trading_state: state }: Account): boolean =>
  purpose === 'trading' && state !== 'HALTED';

export interface HaltOutcome {
  account: Account;
  /** Why it could not be halted; undefined where it is. */
  problem?: unknown;
}

/** Halts every account that trades, all at once: one that refuses does not keep the others trading. */
export async function haltAll(accounts: readonly Account[], reason: string): Promise<HaltOutcome[]> {
  const open = accounts.filter(isTrading);
  const results = await Promise.allSettled(open.map(({ account_id: id }) => setTradingState(id, 'HALTED', reason)));
  return results.map((result, index) => ({
    account: open[index]!,
    ...(result.status === 'rejected' ? { problem: result.reason as unknown } : {}),
  }));
}
