import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../../api/clients';
import { backtestsOf, newestCompleted } from '../../../definitions/backtests-query';
import type { Column } from '../../../definitions/dataset-column';

/** What the model of a strategy said in its newest completed backtest, out of sample; null without one. */
export const predictionsQuery = (strategy: string) =>
  queryOptions({
    queryKey: ['backtest', 'of', strategy, 'predictions'],
    queryFn: async ({ signal }): Promise<Column | null> => {
      const newest = newestCompleted(await backtestsOf(strategy, signal));
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
