import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../api/all-pages';
import { answer, portfolio, research, trade } from '../../api/clients';
import type { components as Research } from '../../api/generated/research';
import type { components as Trade } from '../../api/generated/trade';
import { listJobs, type JobState } from '../../jobs/job-api';

export const deploymentsQuery = queryOptions({
  queryKey: ['deployment', 'all'],
  queryFn: ({ signal }): Promise<Trade['schemas']['DeploymentDto'][]> =>
    allPages((cursor) => answer(trade.GET('/api/v1/deployments', { params: { query: { cursor } }, signal }))),
});

export const subscriptionsQuery = queryOptions({
  queryKey: ['subscription', 'all'],
  queryFn: ({ signal }): Promise<Research['schemas']['SubscriptionDto'][]> =>
    allPages((cursor) => answer(research.GET('/api/data/subscriptions', { params: { query: { cursor } }, signal }))),
});

/** So many jobs are shown here; the jobs page has all. */
export const MOST_JOBS = 20;

export const newestJobsQuery = (state: JobState) =>
  queryOptions({
    queryKey: ['job', 'newest', state],
    queryFn: ({ signal }) => listJobs({ state, limit: MOST_JOBS }, undefined, signal),
  });

const HEALTH = {
  research: () => answer(research.GET('/api/health')),
  trade: () => answer(trade.GET('/api/v1/health')),
  portfolio: () => answer(portfolio.GET('/health')),
} as const;
export type ServiceName = keyof typeof HEALTH;
export const SERVICE_NAMES = Object.keys(HEALTH) as ServiceName[];

export const healthQuery = (name: ServiceName) =>
  queryOptions({ queryKey: ['health', name], queryFn: HEALTH[name], refetchInterval: 15_000, retry: false });
