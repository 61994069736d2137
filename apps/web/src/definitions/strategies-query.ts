import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../api/all-pages';
import { answer, research } from '../api/clients';
import type { components } from '../api/generated/research';

export type Strategy = components['schemas']['StrategyDto'];

/** Own strategies, for choosing one and for names in lists. */
export const strategiesQuery = queryOptions({
  queryKey: ['strategy', 'all'],
  queryFn: ({ signal }) =>
    allPages((cursor) =>
      answer(research.GET('/api/strategies', { params: { query: { limit: 1000, cursor } }, signal })),
    ),
});
