import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, trade } from '../../api/clients';
import { ApiProblem, asProblem, isDoubtful } from '../../api/problem';
import { plural } from '../../format/words';
import type { components } from '../../api/generated/trade';

export type Account = components['schemas']['AccountDto'];
export type TradingState = Account['trading_state'];

export const accountsQuery = queryOptions({
  queryKey: ['account', 'all'],
  queryFn: ({ signal }): Promise<Account[]> =>
    allPages((cursor) => answer(trade.GET('/api/v1/accounts', { params: { query: { cursor } }, signal }))),
});

/** From what stops most to what stops nothing. */
const FREEDOM: readonly TradingState[] = ['HALTED', 'REDUCING', 'ACTIVE'];

/** Whether a state lets a live account trade more than it may: that takes the trade password. */
export const loosensLive = (
  { paper, trading_state: now }: Pick<Account, 'paper' | 'trading_state'>,
  next: TradingState,
) => !paper && FREEDOM.indexOf(next) > FREEDOM.indexOf(now);

/** `password`: the trade password, where the state lets a live account trade more. */
export const setTradingState = (
  accountId: string,
  state: TradingState,
  reason: string,
  password?: string,
): Promise<Account> =>
  answer(
    trade.POST('/api/v1/accounts/{accountId}/trading-state', {
      params: { path: { accountId } },
      body: { trading_state: state, reason, ...(password !== undefined && { trade_password: password }) },
    }),
  );

/** Whether a halt would stop something: a replay has an account of its own and trades the past alone. */
export const isTrading = ({ purpose, trading_state: state }: Account): boolean =>
  purpose === 'trading' && state !== 'HALTED';

export interface ChangeOutcome {
  account: Account;
  /** Why its state is another than was asked for; undefined where it is that. */
  problem?: unknown;
}

/** Changes all of them at once: one that refuses does not keep the others as they are. */
async function changeAll(
  accounts: readonly Account[],
  state: TradingState,
  reason: string,
  password?: string,
): Promise<ChangeOutcome[]> {
  const change = (account: Account): Promise<Account> =>
    setTradingState(account.account_id, state, reason, loosensLive(account, state) ? password : undefined);
  const results = await Promise.allSettled(accounts.map(change));
  return results.map((result, index) => ({
    account: accounts[index]!,
    ...(result.status === 'rejected' ? { problem: result.reason as unknown } : {}),
  }));
}

/** Halts every account that trades. */
export const haltAll = (accounts: readonly Account[], reason: string): Promise<ChangeOutcome[]> =>
  changeAll(accounts.filter(isTrading), 'HALTED', reason);

/** Lets the accounts trade again; the trade password is sent for those that trade with real money alone. */
export const activateAll = (accounts: readonly Account[], reason: string, password: string): Promise<ChangeOutcome[]> =>
  changeAll(accounts, 'ACTIVE', reason, password);

export const nameOf = ({ name, broker, paper }: Account): string =>
  `${name} (${broker}${paper ? ', paper' : ', live'})`;

/** @throws ApiProblem with what became of each account that is not `as` (`halted`, `active again`) for certain */
export function refuseUnlessAll(outcomes: readonly ChangeOutcome[], as: string): void {
  const failed = outcomes.filter((outcome) => outcome.problem !== undefined);
  if (failed.length === 0) return;
  const words = failed.map(({ account, problem }) => `${nameOf(account)}: ${asProblem(problem).detail}`);
  const doubtful = failed.some(({ problem }) => isDoubtful(problem));
  const title = `${plural(failed.length, 'account')} of ${outcomes.length} not ${as}${doubtful ? ' for certain' : ''}`;
  throw new ApiProblem('not_changed', title, `${title}. ${words.join('; ')}`, 409, [], null, doubtful);
}
