import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs',
  staticData: { title: 'Jobs' },
  component: lazyRouteComponent(() => import('./jobs-page'), 'JobsPage'),
});

export const jobsRoutes = [list] as const;
