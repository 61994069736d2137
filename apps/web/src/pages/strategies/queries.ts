import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, research } from '../../api/clients';
import { ApiProblem } from '../../api/problem';
import type { components } from '../../api/generated/research';
import { backtestsOf } from '../../definitions/backtests-query';
import { pollWhile } from './polling';

type Schemas = components['schemas'];
export type Strategy = Schemas['StrategyDto'];
export type Revision = Schemas['StrategyRevisionDto'];
export type Annotation = Schemas['AnnotationDto'];

const isBusy = (run: { status: string } | null | undefined): boolean =>
  run?.status === 'queued' || run?.status === 'running';

const path = (id: string) => ({ params: { path: { id } } });

export const strategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}', { ...path(id), signal })),
  });

export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'status'],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}/status', { ...path(id), signal })),
  });

/** Every policy in every version, with what it asks. */
export const policiesQuery = () =>
  queryOptions({
    queryKey: ['policies'],
    queryFn: ({ signal }) => answer(research.GET('/api/validation/policies', { signal })),
    staleTime: Infinity,
  });

export const validationQuery = (id: string) =>
  queryOptions({
    queryKey: ['validation', 'of', id],
    queryFn: ({ signal }) => answer(research.GET('/api/validation/strategies/{id}', { ...path(id), signal })),
    refetchInterval: ({ state }) => pollWhile(isBusy(state.data?.walk_forward) || isBusy(state.data?.cpcv)),
  });

export const backtestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtest', 'of', id],
    queryFn: ({ signal }) => backtestsOf(id, signal),
    refetchInterval: ({ state }) => pollWhile(state.data?.some(isBusy) ?? false),
  });

/** The Strategy JSON of the newest version; of several symbols that of one. */
export const strategyDocumentQuery = ({ id, revision }: Pick<Strategy, 'id' | 'revision'>, symbol?: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'export', revision, symbol ?? ''],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/strategies/{id}/export', {
          params: { path: { id }, query: symbol ? { symbol } : {} },
          signal,
        }),
      ),
  });

/** Every revision, oldest first. */
export const revisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'revisions'],
    queryFn: ({ signal }): Promise<Revision[]> =>
      allPages((cursor: number | undefined) =>
        answer(
          research.GET('/api/strategies/{id}/revisions', {
            params: { path: { id }, query: { limit: 100, cursor } },
            signal,
          }),
        ),
      ),
  });

export const lineageQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'lineage'],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}/lineage', { ...path(id), signal })),
  });

/** Note and tags; null where there are none yet. */
export const annotationQuery = (id: string) =>
  queryOptions({
    queryKey: ['annotation', 'strategy', id],
    queryFn: async ({ signal }): Promise<Annotation | null> => {
      try {
        return await answer(
          research.GET('/api/annotations/{kind}/{id}', { params: { path: { kind: 'strategy', id } }, signal }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });
