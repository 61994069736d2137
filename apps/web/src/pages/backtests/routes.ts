import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests',
  staticData: { title: 'Backtests' },
  component: lazyRouteComponent(() => import('./backtests-page'), 'BacktestsPage'),
});

export const backtestsRoutes = [list] as const;
