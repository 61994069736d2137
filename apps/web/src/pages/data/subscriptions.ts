import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, research } from '../../api/clients';

/** All own subscriptions. */
export const subscriptionsQuery = queryOptions({
  queryKey: ['subscription', 'list'],
  queryFn: ({ signal }) =>
    allPages((cursor) =>
      answer(research.GET('/api/data/subscriptions', { params: { query: { limit: 1000, cursor } }, signal })),
    ),
});
