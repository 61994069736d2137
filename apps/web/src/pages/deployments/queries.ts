import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, research, trade } from '../../api/clients';
import { backtestsOf } from '../../definitions/backtests-query';
import { liveState } from '../../api/live-state';
import type { components } from '../../api/generated/trade';

type Schemas = components['schemas'];
export type Deployment = Schemas['DeploymentDto'];
export type DeploymentDetail = Schemas['DeploymentDetailDto'];
export type TradeStrategy = Schemas['StrategyDetailDto'];
export type Decision = Schemas['TradeDto'];
export type DryRun = Schemas['DryRunDto'];

const BUSY_MS = 1500;
const IDLE_MS = 20_000;

export const deploymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['deployment', id],
    queryFn: ({ signal }) =>
      answer(trade.GET('/api/v1/deployments/{deploymentId}', { params: { path: { deploymentId: id } }, signal })),
    refetchInterval: ({ state }) => {
      const replay = state.data?.replay?.state;
      if (replay === 'running' || replay === 'pending') return BUSY_MS;
      return liveState() === 'live' ? false : IDLE_MS;
    },
  });

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id],
    queryFn: ({ signal }) =>
      answer(trade.GET('/api/v1/accounts/{accountId}', { params: { path: { accountId: id } }, signal })),
  });

/**
 * The strategy as trade has it, also one that is inactive or whose promotion was taken back; null where it has not been sent there. The list
 * is asked first: a strategy that is not there is no error.
 */
export async function tradeStrategy(id: string, signal?: AbortSignal): Promise<TradeStrategy | null> {
  const query = { ids: [id], include_inactive: true };
  const { items } = await answer(trade.GET('/api/v1/strategies', { params: { query }, signal }));
  if (items.length === 0) return null;
  return answer(trade.GET('/api/v1/strategies/{strategyId}', { params: { path: { strategyId: id } }, signal }));
}

export const tradeStrategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', 'trade', id],
    queryFn: ({ signal }) => tradeStrategy(id, signal),
  });

export const researchStrategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}', { params: { path: { id } }, signal })),
  });

/** Where a strategy came from, and what it was promoted under. */
export const lineageQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'lineage'],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}/lineage', { params: { path: { id } }, signal })),
  });

/** Completed backtests of a strategy, newest first. */
export const completedBacktestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtest', 'completed', id],
    queryFn: async ({ signal }) => (await backtestsOf(id, signal)).filter(({ status }) => status === 'completed'),
  });

export const mappingsQuery = queryOptions({
  queryKey: ['ticker-mapping', 'list'],
  queryFn: ({ signal }) =>
    allPages((cursor) =>
      answer(trade.GET('/api/v1/ticker-mappings', { params: { query: { limit: 1000, cursor } }, signal })),
    ),
});
