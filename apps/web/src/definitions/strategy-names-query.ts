import { queryOptions } from '@tanstack/react-query';
import { answer, trade } from '../api/clients';

/** Names by id of the strategies that trade knows. */
export const strategyNamesQuery = queryOptions({
  queryKey: ['strategy', 'trade', 'names'],
  queryFn: async ({ signal }) => {
    const names: Record<string, string> = {};
    let cursor: string | undefined;
    do {
      const page = await answer(trade.GET('/api/v1/strategies', { params: { query: { cursor, limit: 500 } }, signal }));
      for (const { strategy_id, name } of page.items) names[strategy_id] = name;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return names;
  },
});
