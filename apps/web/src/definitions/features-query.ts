import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../api/all-pages';
import { answer, research } from '../api/clients';
import type { components } from '../api/generated/research';

export type Feature = components['schemas']['FeatureDto'];

/** Every own feature, the newest last. */
export const allFeaturesQuery = queryOptions({
  queryKey: ['feature', 'all'],
  queryFn: async ({ signal }) => {
    const features = await allPages((cursor) =>
      answer(research.GET('/api/features', { params: { query: { limit: 1000, cursor } }, signal })),
    );
    return features.sort((a, b) => a.created_at.localeCompare(b.created_at));
  },
});
