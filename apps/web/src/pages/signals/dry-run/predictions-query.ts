import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../../api/clients';
import type { Column } from '../../../definitions/dataset-column';

/** What the model of a strategy said in its newest completed backtest, out of sample; null without one. */
export const predictionsQuery = (strategy: string) =>
  queryOptions({
    queryKey: ['backtest', 'of', strategy, 'predictions'],
    queryFn: async ({ signal }): Promise<Column | null> => {
      const { items } = await answer(
        research.GET('/api/backtests', { params: { query: { strategy_id: strategy, limit: 100 } }, signal }),
      );
      const newest = items
        .filter(({ status }) => status === 'completed')
        .sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
      if (!newest) return null;
      const { rows } = await answer(
        research.GET('/api/backtests/{id}/signals', {
          params: { path: { id: newest.id } },
          headers: { accept: 'application/json' },
          signal,
        }),
      );
      return new Map(
        rows.map(({ bar_time: time, prediction }) => [
          Date.parse(String(time)),
          typeof prediction === 'number' ? prediction : null,
        ]),
      );
    },
    staleTime: 60_000,
    refetchInterval: false as const,
  });
