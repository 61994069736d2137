import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading';
import { ProblemAlert } from './problem-alert';

interface Props<T> {
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}

/** Loading, then the data; a problem in their place, or above data that are no longer fresh. */
export function QueryView<T>({ query, lines, children }: Props<T>) {
  const again = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <ProblemAlert problem={query.error} title="Not up to date" onRetry={again} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemAlert problem={query.error} onRetry={again} />;
  return <Loading lines={lines ?? 4} />;
}
