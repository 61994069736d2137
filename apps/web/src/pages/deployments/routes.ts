import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/deployments',
  staticData: { title: 'Deployments' },
  component: lazyRouteComponent(() => import('./deployments-page'), 'DeploymentsPage'),
});

export const deploymentsRoutes = [list] as const;
