import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/signals',
  staticData: { title: 'Signals' },
  component: lazyRouteComponent(() => import('./signals-page'), 'SignalsPage'),
});

export const signalsRoutes = [list] as const;
