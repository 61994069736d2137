import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';

/** All own subscriptions. */
export const subscriptionsQuery = queryOptions({
  queryKey: ['subscription', 'list'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(
      research.GET('/api/data/subscriptions', { params: { query: { limit: 1000 } }, signal }),
    );
    return items;
  },
});
