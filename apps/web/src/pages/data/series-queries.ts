import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import type { SeriesKey } from './series-key';

type Series = components['schemas']['SymbolDto'];

/** One of the stored series with its facts; null where it does not exist. The API lists them, so the pages are gone through. */
export const seriesQuery = (key: SeriesKey) =>
  queryOptions({
    queryKey: ['series', 'one', key],
    queryFn: async ({ signal }): Promise<Series | null> => {
      let cursor: string | undefined;
      do {
        const page = await answer(
          research.GET('/api/data/symbols', { params: { query: { limit: 1000, cursor } }, signal }),
        );
        const found = page.items.find(
          ({ symbol, source, timeframe }) =>
            symbol === key.symbol && source === key.source && timeframe === key.timeframe,
        );
        if (found) return found;
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
      return null;
    },
  });

/** The quality report on the present bars. */
export const qualityQuery = (key: SeriesKey) =>
  queryOptions({
    queryKey: ['series', 'quality', key],
    queryFn: ({ signal }) => answer(research.GET('/api/data/quality', { params: { query: { ...key } }, signal })),
  });
