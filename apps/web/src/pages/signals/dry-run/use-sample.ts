import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, research } from '../../../api/clients';
import { drawnBars } from '../../../charts/use-bars';
import type { Column } from '../../../definitions/dataset-column';
import type { Feature } from '../../../definitions/features-query';
import { seriesKey, type StoredSeries, type Timeframe } from '../../../definitions/series-query';
import { PREDICTION } from '../editor/editor-context';
import { featureColumnQuery } from './feature-column';
import { predictionsQuery } from './predictions-query';
import { sampleOf } from './sample';

/** Bars of a dry run, the last of the series. */
export const DRY_RUN_BARS = 1500;

interface Wanted {
  series: StoredSeries | null;
  /** What the rules compare. */
  names: readonly string[];
  features: readonly Feature[];
  strategy: string | null;
}

/** The last bars of a series with the values of everything that the rules compare. */
export function useSample({ series, names, features, strategy }: Wanted) {
  const bars = useQuery({
    queryKey: ['series', 'bars', 'dry run', series && seriesKey(series)],
    queryFn: async ({ signal }) => {
      const { symbol, source, timeframe } = series!;
      const query = { symbol, source, timeframe: timeframe as Timeframe, adjustment: 'adj_close' as const };
      const page = await answer(
        research.GET('/api/data/bars', { params: { query: { ...query, limit: DRY_RUN_BARS } }, signal }),
      );
      return drawnBars(page.items);
    },
    enabled: series !== null,
    refetchInterval: false,
    staleTime: 60_000,
  });
  const byName = useMemo(() => new Map(features.map((feature) => [feature.name, feature])), [features]);
  const used = names.flatMap((name) => byName.get(name) ?? []);
  const columns = useQueries({
    queries: series ? used.map((feature) => featureColumnQuery(feature, features, series)) : [],
    combine: (results) => ({
      values: results.map(({ data }) => data),
      times: results.map(({ dataUpdatedAt }) => dataUpdatedAt),
      pending: used.filter((_, index) => results[index]?.isPending).map(({ name }) => name),
      problems: results.flatMap(({ error }, index) => (error ? [{ name: used[index]?.name ?? '', error }] : [])),
    }),
  });
  const predicts = names.includes(PREDICTION);
  const predictions = useQuery({ ...predictionsQuery(strategy ?? ''), enabled: predicts && strategy !== null });
  const known = new Map<string, Column>(
    used.flatMap(({ name }, index): [string, Column][] => {
      const values = columns.values[index];
      return values ? [[name, values]] : [];
    }),
  );
  if (predictions.data) known.set(PREDICTION, predictions.data);
  const waits = columns.pending.length > 0 || (predicts && strategy !== null && predictions.isPending);
  const ready = bars.data !== undefined && !waits && columns.problems.length === 0;
  const key = ready
    ? [series && seriesKey(series), bars.dataUpdatedAt, predictions.dataUpdatedAt, ...columns.times, ...names].join(' ')
    : '';
  const rows = useMemo(
    () => (ready ? sampleOf(bars.data, names, known) : []),
    // the key stands for what the rows are made of
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key],
  );
  return {
    bars,
    rows,
    /** Names the rows; empty where there are none yet. */
    key,
    pending: columns.pending,
    problems: columns.problems,
    /** The rules ask for a prediction, and there is none to try them on. */
    withoutPrediction: predicts && (strategy === null || predictions.data === null),
  };
}
