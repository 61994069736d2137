import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../api/all-pages';
import { answer, research } from '../api/clients';
import type { components, operations } from '../api/generated/research';

export type StoredSeries = components['schemas']['SymbolDto'];
export type Timeframe = operations['DataController_bars']['parameters']['query']['timeframe'];

/** Every stored series. */
export const allSeriesQuery = queryOptions({
  queryKey: ['series', 'all'],
  queryFn: ({ signal }) =>
    allPages((cursor) =>
      answer(research.GET('/api/data/symbols', { params: { query: { limit: 1000, cursor } }, signal })),
    ),
});

/** A series as one text, for fields and addresses. */
export const seriesKey = ({
  symbol,
  timeframe,
  source,
}: Pick<StoredSeries, 'symbol' | 'timeframe' | 'source'>): string => JSON.stringify([symbol, timeframe, source]);
