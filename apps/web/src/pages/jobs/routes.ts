import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { JobState } from '../../jobs/job-api';
import { appRoute } from '../../shell/app-route';
import { JOB_STATES } from './job-states';

const isState = (value: unknown): value is JobState => JOB_STATES.some((state) => state === value);

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs',
  staticData: { title: 'Jobs' },
  validateSearch: ({ state }: Record<string, unknown>): { state?: JobState } => (isState(state) ? { state } : {}),
  component: lazyRouteComponent(() => import('./jobs-page'), 'JobsPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs/$id',
  staticData: { title: 'Job' },
  component: lazyRouteComponent(() => import('./job-page'), 'JobPage'),
});

export const jobsRoutes = [list, one] as const;
