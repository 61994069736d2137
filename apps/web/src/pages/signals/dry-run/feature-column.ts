import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../../api/clients';
import { columnOfCsv, type Column } from '../../../definitions/dataset-column';
import { readsOf } from '../../../definitions/feature-reads';
import type { Feature } from '../../../definitions/features-query';
import { seriesKey, type StoredSeries } from '../../../definitions/series-query';
import { awaitJob } from '../../../jobs/await-job';

/** The values of a feature on a series: its dataset, which the service makes once and then has. */
export function featureColumnQuery(feature: Feature, all: readonly Feature[], series: StoredSeries) {
  const reads = readsOf(feature, all);
  const { symbol, timeframe, source, fingerprint } = series;
  const revisions = [...reads, feature].map(({ id, revision }) => `${id} ${revision}`);
  return queryOptions({
    // no kind of notices: making a dataset would tell of itself
    queryKey: ['feature-column', seriesKey(series), fingerprint, ...revisions],
    queryFn: async ({ signal }): Promise<Column> => {
      const job = await answer(
        research.POST('/api/features/{id}/generate', {
          params: { path: { id: feature.id } },
          body: { symbol, timeframe, source, ...(reads.length > 0 ? { reads: reads.map(({ id }) => id) } : {}) },
          signal,
        }),
      );
      const made = await awaitJob(job.job_id, { signal });
      const path = { id: feature.id, datasetId: String(made?.dataset_id) };
      const text = await answer(
        research.GET('/api/features/{id}/datasets/{datasetId}/export', {
          params: { path, query: { format: 'csv' } },
          headers: { accept: 'text/csv' },
          parseAs: 'text',
          signal,
        }),
      );
      return columnOfCsv(text);
    },
    staleTime: Infinity,
    refetchInterval: false as const,
    retry: false,
  });
}
