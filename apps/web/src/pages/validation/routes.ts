import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { searchWords } from '../../tables/search-words';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/validation',
  staticData: { title: 'Validation' },
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: searchWords(search.q) }),
  component: lazyRouteComponent(() => import('./validation-page'), 'ValidationPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/validation/$id',
  staticData: { title: 'Validation' },
  component: lazyRouteComponent(() => import('./strategy-validation-page'), 'StrategyValidationPage'),
});

export const validationRoutes = [list, one] as const;
