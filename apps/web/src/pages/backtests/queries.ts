import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';

export type Backtest = components['schemas']['BacktestDto'];
export type LeaderCell = components['schemas']['LeaderboardCellDto'];

/** What the metrics mean; the same for everybody until the service changes. */
export const metricsQuery = queryOptions({
  queryKey: ['metric', 'catalogue'],
  queryFn: async ({ signal }) => (await answer(research.GET('/api/backtests/metrics', { signal }))).items,
  staleTime: Infinity,
  refetchInterval: false,
});

export const backtestQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtest', id],
    queryFn: ({ signal }) => answer(research.GET('/api/backtests/{id}', { params: { path: { id } }, signal })),
  });

const figures = { staleTime: Infinity, refetchInterval: false } as const;
const json = { accept: 'application/json' };

/** Figures of a completed run never change; a rerun is another backtest. */
export const equityQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'equity'],
    queryFn: async ({ signal }) =>
      (
        await answer(
          research.GET('/api/backtests/{id}/equity-curve', { params: { path: { id } }, headers: json, signal }),
        )
      ).items,
  });

export const tradesQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'trades'],
    queryFn: async ({ signal }) =>
      (await answer(research.GET('/api/backtests/{id}/trades', { params: { path: { id } }, headers: json, signal })))
        .items,
  });

export const calendarQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'calendar'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/backtests/{id}/calendar-returns', { params: { path: { id } }, headers: json, signal })),
  });

export const rollingQuery = (id: string, window: number) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'rolling', window],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/backtests/{id}/rolling', {
          params: { path: { id }, query: { window } },
          headers: json,
          signal,
        }),
      ),
  });

export const worstQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'worst'],
    queryFn: async ({ signal }) =>
      (
        await answer(
          research.GET('/api/backtests/{id}/worst-bars', { params: { path: { id } }, headers: json, signal }),
        )
      ).items,
  });

/** It takes seconds over a long run, so it is asked for where it is looked at. */
export const intervalsQuery = (id: string, intervals: 'percentile' | 'bca') =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'intervals', intervals],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/backtests/{id}/intervals', {
          params: { path: { id }, query: { intervals } },
          headers: json,
          signal,
        }),
      ),
  });

/** The whole history is run again, many times for the draws: asked for where it is looked at. */
export const stressQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'stress'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/backtests/{id}/stress', { params: { path: { id } }, headers: json, signal })),
  });

export const monteCarloQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'monte-carlo'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/backtests/{id}/monte-carlo', { params: { path: { id } }, headers: json, signal })),
  });

export const drawdownsQuery = (id: string) =>
  queryOptions({
    ...figures,
    queryKey: ['backtest', id, 'drawdowns'],
    queryFn: async ({ signal }) =>
      (await answer(research.GET('/api/backtests/{id}/drawdowns', { params: { path: { id } }, headers: json, signal })))
        .items,
  });
