import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { readFilter } from './list-filter';
import { readTab, type StrategyTab } from './tabs';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/strategies',
  staticData: { title: 'Strategies' },
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./strategies-page'), 'StrategiesPage'),
});

const make = createRoute({
  getParentRoute: () => appRoute,
  path: '/strategies/new',
  staticData: { title: 'New strategy', needs: 'research:write' },
  validateSearch: (search): { symbol?: string; source?: string } => ({
    symbol: typeof search.symbol === 'string' ? search.symbol : undefined,
    source: typeof search.source === 'string' ? search.source : undefined,
  }),
  component: lazyRouteComponent(() => import('./wizard/new-strategy-page'), 'NewStrategyPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/strategies/$id',
  staticData: { title: 'Strategy' },
  validateSearch: (search): { tab?: StrategyTab } => ({ tab: readTab(search.tab) }),
  component: lazyRouteComponent(() => import('./strategy-page'), 'StrategyPage'),
});

export const strategiesRoutes = [list, make, one] as const;
