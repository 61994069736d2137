import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';

export type SignalLogic = components['schemas']['SignalLogicDto'];
export type PositionMode = 'long_only' | 'long_short';

export const signalQuery = (id: string) =>
  queryOptions({
    queryKey: ['signal', id],
    queryFn: ({ signal }) => answer(research.GET('/api/signals/{id}', { params: { path: { id } }, signal })),
    // an open editor holds the version that it began with
    staleTime: Infinity,
    refetchInterval: false as const,
  });

export const strategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}', { params: { path: { id } }, signal })),
  });

/** Id and revision of the rules that the newest revision of a strategy pins; null where it has none. */
export const pinnedRulesQuery = (strategy: { id: string; revision: number; version: number }) =>
  queryOptions({
    queryKey: ['strategy', strategy.id, 'pinned rules', strategy.revision, strategy.version],
    queryFn: async ({ signal }): Promise<{ id: string; revision: number } | null> => {
      const { items } = await answer(
        research.GET('/api/strategies/{id}/revisions', {
          params: { path: { id: strategy.id }, query: { limit: 1, cursor: strategy.revision - 1 } },
          signal,
        }),
      );
      const recipe = items[0]?.recipe as { signal?: { pin?: { id: string; revision: number } } | null } | undefined;
      return recipe?.signal?.pin ?? null;
    },
  });
