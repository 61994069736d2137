import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { answer, research } from '../api/clients';
import type { components, operations } from '../api/generated/research';
import type { ChartBar } from './bars';

type Query = operations['DataController_bars']['parameters']['query'];

/** Bars of the first look, and of every window that is loaded on the way to the left. */
const WINDOW = 5000;

/** Bars as they are drawn; those without a price are no candle. */
export const drawnBars = (bars: readonly components['schemas']['BarDto'][]): ChartBar[] =>
  bars.flatMap(({ open_time: time, open, high, low, close, volume }) =>
    open === null || high === null || low === null || close === null
      ? []
      : [{ time: Date.parse(time), open, high, low, close, volume }],
  );

/** Bars of a series from its end on, window after window. */
export function useBars(series: Pick<Query, 'symbol' | 'source' | 'timeframe' | 'adjustment' | 'start' | 'end'>) {
  const query = useInfiniteQuery({
    queryKey: ['series', 'bars', series],
    queryFn: ({ pageParam, signal }) =>
      answer(
        research.GET('/api/data/bars', { params: { query: { ...series, limit: WINDOW, cursor: pageParam } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    refetchInterval: false,
    staleTime: 60_000,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = query;
  const bars = useMemo(() => data && drawnBars(data.pages.toReversed().flatMap((page) => page.items)), [data]);
  const older = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { query, bars, older, more: hasNextPage, loadingMore: isFetchingNextPage };
}
