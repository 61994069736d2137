import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import type { ObjectSchema } from '../../forms/schema-values';

export interface FeaturePlugin {
  key: string;
  description: string;
  parameter_schema: ObjectSchema;
}
export interface Dataset {
  dataset_id: string;
  hash: string;
  source: string;
  symbol: string;
  timeframe: string;
  start: string;
  end: string;
  rows: number;
  created_at: string;
}
type Version = components['schemas']['FeatureVersionDto'];
export interface FeatureVersion extends Omit<Version, 'datasets'> {
  datasets: Dataset[];
}

export const featurePluginsQuery = queryOptions({
  queryKey: ['feature-plugin', 'all'],
  queryFn: async ({ signal }) =>
    (await answer(research.GET('/api/features/plugins', { signal }))).items as unknown as FeaturePlugin[],
  staleTime: Infinity,
  refetchInterval: false as const,
});

export const featureQuery = (id: string) =>
  queryOptions({
    queryKey: ['feature', id],
    queryFn: ({ signal }) => answer(research.GET('/api/features/{id}', { params: { path: { id } }, signal })),
  });

/** Every revision with its datasets, the newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['feature', id, 'versions'],
    queryFn: async ({ signal }): Promise<FeatureVersion[]> => {
      const { items } = await answer(
        research.GET('/api/features/{id}/versions', { params: { path: { id }, query: { limit: 1000 } }, signal }),
      );
      return (items as unknown as FeatureVersion[]).toReversed();
    },
  });

export type DatasetProfile = components['schemas']['DatasetProfileDto'];

/** What a dataset looks like, reckoned by the service: of millions of rows it answers as few. It never changes. */
export const profileQuery = (feature: string, dataset: string) =>
  queryOptions({
    queryKey: ['dataset', dataset],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/features/{id}/datasets/{datasetId}/profile', {
          params: { path: { id: feature, datasetId: dataset }, query: { bins: 40, rows: 10 } },
          signal,
        }),
      ),
    staleTime: Infinity,
    refetchInterval: false as const,
  });
