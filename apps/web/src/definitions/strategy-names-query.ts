import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../api/all-pages';
import { answer, trade } from '../api/clients';

/** Names by id of the strategies that trade knows. */
export const strategyNamesQuery = queryOptions({
  queryKey: ['strategy', 'trade', 'names'],
  queryFn: async ({ signal }): Promise<Record<string, string>> => {
    const strategies = await allPages((cursor) =>
      answer(trade.GET('/api/v1/strategies', { params: { query: { cursor, limit: 500 } }, signal })),
    );
    return Object.fromEntries(strategies.map(({ strategy_id: id, name }) => [id, name]));
  },
});
