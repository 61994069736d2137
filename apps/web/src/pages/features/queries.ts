import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { columnOfCsv } from '../../definitions/dataset-column';
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

/** Values of a dataset in time order, null where there is none. They never change. */
export const datasetQuery = (feature: string, dataset: string) =>
  queryOptions({
    queryKey: ['dataset', dataset],
    queryFn: async ({ signal }) => {
      const text = await answer(
        research.GET('/api/features/{id}/datasets/{datasetId}/export', {
          params: { path: { id: feature, datasetId: dataset }, query: { format: 'csv' } },
          headers: { accept: 'text/csv' },
          parseAs: 'text',
          signal,
        }),
      );
      return columnOfCsv(text);
    },
    staleTime: Infinity,
    refetchInterval: false as const,
  });
