import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

export interface CursorPage<Row> {
  items: Row[];
  next_cursor: string | number | null;
}

export type FetchPage<Row> = (cursor: string | undefined, signal: AbortSignal) => Promise<CursorPage<Row>>;

/**
 * A list of the API, page after page. The first element of the key is the kind of the notices that make it stale (`['job', 'list', …]`).
 * `searched`: the rows of the words before stay until those of the new ones are there.
 */
export function useCursorList<Row>(queryKey: QueryKey, fetchPage: FetchPage<Row>, { searched = false } = {}) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    placeholderData: searched ? keepPreviousData : undefined,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.next_cursor === null ? undefined : String(last.next_cursor)),
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    loading: query.isPending,
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

export type CursorList<Row> = ReturnType<typeof useCursorList<Row>>;

/** Rows that are there already, for a table without pages. */
export const loadedList = <Row>(rows: Row[]): CursorList<Row> => ({
  rows,
  error: null,
  loading: false,
  more: false,
  loadingMore: false,
  loadMore: () => undefined,
  retry: () => undefined,
});
