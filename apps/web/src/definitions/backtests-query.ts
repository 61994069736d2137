import { allPages } from '../api/all-pages';
import { answer, research } from '../api/clients';
import type { components } from '../api/generated/research';

export type Backtest = components['schemas']['BacktestDto'];

const PAGE = 200;

/** Every backtest of a strategy, the newest first; the API lists the oldest first. */
export async function backtestsOf(strategyId: string, signal?: AbortSignal): Promise<Backtest[]> {
  const all = await allPages((cursor) =>
    answer(
      research.GET('/api/backtests', {
        params: { query: { strategy_id: strategyId, limit: PAGE, cursor } },
        ...(signal ? { signal } : {}),
      }),
    ),
  );
  return all.sort((a, b) => b.created_at.localeCompare(a.created_at));
}

/** The newest that was completed, of backtests the newest first; of one revision, where it is given. */
export const newestCompleted = <B extends Pick<Backtest, 'status' | 'revision'>>(
  backtests: readonly B[],
  revision?: number,
): B | undefined =>
  backtests.find((one) => one.status === 'completed' && (revision === undefined || one.revision === revision));
