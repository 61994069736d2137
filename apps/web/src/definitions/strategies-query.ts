import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../api/clients';
import type { components } from '../api/generated/research';

export type Strategy = components['schemas']['StrategyDto'];

/** Own strategies, for choosing one and for names in lists. */
export const strategiesQuery = queryOptions({
  queryKey: ['strategy', 'all'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(research.GET('/api/strategies', { params: { query: { limit: 1000 } }, signal }));
    return items;
  },
});
