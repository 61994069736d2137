import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/validation',
  staticData: { title: 'Validation' },
  component: lazyRouteComponent(() => import('./validation-page'), 'ValidationPage'),
});

export const validationRoutes = [list] as const;
