import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/strategies',
  staticData: { title: 'Strategies' },
  component: lazyRouteComponent(() => import('./strategies-page'), 'StrategiesPage'),
});

export const strategiesRoutes = [list] as const;
