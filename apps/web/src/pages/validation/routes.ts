import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/validation',
  staticData: { title: 'Validation' },
  component: lazyRouteComponent(() => import('./validation-page'), 'ValidationPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/validation/$id',
  staticData: { title: 'Validation' },
  component: lazyRouteComponent(() => import('./strategy-validation-page'), 'StrategyValidationPage'),
});

export const validationRoutes = [list, one] as const;
