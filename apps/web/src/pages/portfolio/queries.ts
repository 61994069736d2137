import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, portfolio, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';

type Schemas = components['schemas'];
export type Watched = Schemas['WatchedDeploymentDto'];
export type WatchedAccount = Schemas['WatchedAccountDto'];
export type Fleet = Schemas['OverviewDto'] & {
  /** Stopped deployments whose position was left as it was. */
  leftBehind: Schemas['DeploymentDto'][];
};

const FLAT = /^-?0*(\.0*)?$/;
export const holds = ({ position }: Pick<Watched, 'position'>): boolean => !FLAT.test(position.qty);

export const fleetQuery = queryOptions({
  queryKey: ['deployment', 'fleet'],
  queryFn: async ({ signal }): Promise<Fleet> => {
    const [overview, stopped] = await Promise.all([
      answer(trade.GET('/api/v1/overview', { signal })),
      allPages((cursor) =>
        answer(
          trade.GET('/api/v1/deployments', { params: { query: { status: 'stopped', limit: 500, cursor } }, signal }),
        ),
      ),
    ]);
    return { ...overview, leftBehind: stopped.filter((one) => holds(one) && one.replay === undefined) };
  },
});

export const weightsQuery = queryOptions({
  queryKey: ['strategy', 'weights'],
  queryFn: ({ signal }) => answer(portfolio.GET('/weights', { signal })),
});
