import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { liveState } from './live-state';
import { ApiProblem, isDoubtful } from './problem';

const POLL_MS = 20_000;
const PASSING = new Set(['unreachable', 'unavailable', 'overloaded', 'rate_limited']);

/** Whether the same question may be answered a little later. */
const passes = (error: unknown): boolean => error instanceof ApiProblem && PASSING.has(error.code);

/** Queries hold what the server said; notices of its streams make them stale, and where no stream is open they are asked again by time. */
export function createQueryClient(onExpired: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (error instanceof ApiProblem && error.status === 401) onExpired();
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({
      onError: (error) => {
        watch(error);
        // it may have been carried out: the pages show what there is now
        if (isDoubtful(error)) void client.invalidateQueries();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchInterval: ({ state: { status, error } }) => {
          // no notice tells that a server answers again
          if (status === 'error') return passes(error) && POLL_MS;
          return liveState() !== 'live' && POLL_MS;
        },
        retry: (failures, error) => failures < 3 && passes(error),
      },
      mutations: { retry: false },
    },
  });
  return client;
}
