import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { searchWords } from '../../tables/search-words';

const strategyOf = (search: Record<string, unknown>): { strategy?: string } => ({
  strategy: typeof search.strategy === 'string' && search.strategy !== '' ? search.strategy : undefined,
});

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/signals',
  staticData: { title: 'Signals' },
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: searchWords(search.q) }),
  component: lazyRouteComponent(() => import('./signals-page'), 'SignalsPage'),
});

const fresh = createRoute({
  getParentRoute: () => appRoute,
  path: '/signals/new',
  staticData: { title: 'New rules', needs: 'research:write' },
  validateSearch: strategyOf,
  component: lazyRouteComponent(() => import('./builder-page'), 'NewSignalPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/signals/$id',
  staticData: { title: 'Rules' },
  validateSearch: strategyOf,
  component: lazyRouteComponent(() => import('./builder-page'), 'SignalPage'),
});

export const signalsRoutes = [list, fresh, one] as const;
