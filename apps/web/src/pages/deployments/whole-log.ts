import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, research, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { backtestsOf, newestCompleted } from '../../definitions/backtests-query';
import type { Deployment } from './queries';
import type { BarSignal } from './words/comparison';

type Schemas = components['schemas'];

/** Rows that a picture of a deployment is made of; the newest, where there are more. */
const MOST_ROWS = 5000;
const PAGE = 1000;

/** Oldest first, of a log that is read from its newest on. */
const newest = async <Row>(read: Parameters<typeof allPages<Row>>[0]): Promise<Row[]> =>
  (await allPages(read, MOST_ROWS)).reverse();

const params = (id: string, cursor: string | undefined) => ({
  path: { deploymentId: id },
  query: { cursor, limit: PAGE, order: 'newest' as const },
});

/** Oldest first. */
export const allFillsQuery = (id: string) =>
  queryOptions({
    queryKey: ['deployment', id, 'all fills'],
    queryFn: ({ signal }) =>
      newest<Schemas['FillDto']>((cursor) =>
        answer(trade.GET('/api/v1/deployments/{deploymentId}/fills', { params: params(id, cursor), signal })),
      ),
  });

/** Oldest first. */
export const allSignalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['deployment', id, 'all signals'],
    queryFn: ({ signal }) =>
      newest<Schemas['SignalDto']>((cursor) =>
        answer(trade.GET('/api/v1/deployments/{deploymentId}/signals', { params: params(id, cursor), signal })),
      ),
  });

/** Profit at each decision, oldest first: the newest `MOST_ROWS`, so that the picture ends where the deployment stands. */
export const allProfitQuery = (id: string) =>
  queryOptions({
    queryKey: ['deployment', id, 'profit'],
    queryFn: async ({ signal }) => {
      let capital = null as string | null;
      const items = await allPages(async (cursor) => {
        const page: Schemas['ProfitPageDto'] = await answer(
          trade.GET('/api/v1/deployments/{deploymentId}/profit', {
            params: { path: { deploymentId: id }, query: { cursor, limit: PAGE } },
            signal,
          }),
        );
        capital = page.capital;
        return page;
      });
      return { capital, items: items.slice(-MOST_ROWS) };
    },
  });

type Timeframe = '1m' | '3m' | '5m' | '15m' | '30m' | '1h' | '2h' | '4h' | '1d' | '1w' | '1M';

/** The stored bars that a deployment decides on: the newest `MOST_ROWS` up to where it stands. */
export const barsQuery = ({ data_symbol: symbol, timeframe, history_anchor: anchor, replay }: Deployment) =>
  queryOptions({
    queryKey: ['series', 'bars', anchor?.source, symbol, timeframe, anchor?.adjustment, replay?.end],
    queryFn: async ({ signal }) => {
      const page = await answer(
        research.GET('/api/data/bars', {
          params: {
            query: {
              symbol,
              timeframe: timeframe as Timeframe,
              limit: MOST_ROWS,
              ...(anchor ? { source: anchor.source, adjustment: anchor.adjustment } : {}),
              ...(replay ? { end: replay.end } : {}),
            },
          },
          signal,
        }),
      );
      return page.items.flatMap(({ open_time, open, high, low, close, volume }) =>
        open === null || high === null || low === null || close === null
          ? []
          : [{ time: Date.parse(open_time), open, high, low, close, volume }],
      );
    },
  });

/** What the newest completed backtest of the deployed revision has computed over a span; null where there is none. */
export const testedSignalsQuery = (deployment: Deployment, from: string | undefined) =>
  queryOptions({
    queryKey: ['backtest', 'signals of', deployment.strategy_id, deployment.strategy_revision, from],
    queryFn: async ({ signal }) => {
      const tested = newestCompleted(await backtestsOf(deployment.strategy_id, signal), deployment.strategy_revision);
      if (!tested) return null;
      const { rows } = await answer(
        research.GET('/api/backtests/{id}/signals', {
          params: { path: { id: tested.id }, query: from ? { from: from.slice(0, 10) } : {} },
          signal,
        }),
      );
      return { id: tested.id, rows: rows as unknown as BarSignal[] };
    },
    enabled: from !== undefined,
  });

/** Equity of a completed backtest at each of its scored bars. */
export const testedEquityQuery = (backtest: string | undefined) =>
  queryOptions({
    queryKey: ['backtest', backtest, 'equity'],
    queryFn: async ({ signal }) => {
      const { items } = await answer(
        research.GET('/api/backtests/{id}/equity-curve', {
          params: { path: { id: backtest! } },
          headers: { accept: 'application/json' },
          signal,
        }),
      );
      return items;
    },
    staleTime: Infinity,
    refetchInterval: false,
    enabled: backtest !== undefined,
  });
