import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { JobService, JobState } from '../../jobs/job-api';
import { appRoute } from '../../shell/app-route';

const SERVICES: readonly string[] = ['research', 'trade'] satisfies JobService[];
const STATES: readonly string[] = ['queued', 'running', 'completed', 'failed', 'canceled'] satisfies JobState[];

export interface JobsSearch {
  service?: JobService;
  state?: JobState;
}

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs',
  staticData: { title: 'Jobs' },
  validateSearch: ({ service, state }: Record<string, unknown>): JobsSearch => ({
    ...(SERVICES.includes(String(service)) ? { service: service as JobService } : {}),
    ...(STATES.includes(String(state)) ? { state: state as JobState } : {}),
  }),
  component: lazyRouteComponent(() => import('./jobs-page'), 'JobsPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs/$service/$id',
  staticData: { title: 'Job' },
  component: lazyRouteComponent(() => import('./job-page'), 'JobPage'),
});

export const jobsRoutes = [list, one] as const;
