import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/data',
  staticData: { title: 'Data' },
  component: lazyRouteComponent(() => import('./data-page'), 'DataPage'),
});

export const dataRoutes = [list] as const;
