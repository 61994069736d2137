import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { searchWords } from '../../tables/search-words';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests',
  staticData: { title: 'Backtests' },
  validateSearch: (search: Record<string, unknown>): { strategy?: string; q?: string } => ({
    strategy: text(search.strategy),
    q: searchWords(search.q),
  }),
  component: lazyRouteComponent(() => import('./backtests-page'), 'BacktestsPage'),
});

const fresh = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests/new',
  staticData: { title: 'New backtest', needs: 'research:write' },
  validateSearch: (search: Record<string, unknown>): { strategy?: string } => ({ strategy: text(search.strategy) }),
  component: lazyRouteComponent(() => import('./new-backtest-page'), 'NewBacktestPage'),
});

const compare = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests/compare',
  staticData: { title: 'Compare backtests' },
  validateSearch: (search: Record<string, unknown>): { ids: string } => ({ ids: text(search.ids) ?? '' }),
  component: lazyRouteComponent(() => import('./compare-page'), 'ComparePage'),
});

const sweepForm = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests/sweeps/new',
  staticData: { title: 'New sweep', needs: 'research:write' },
  validateSearch: (search: Record<string, unknown>): { strategy?: string } => ({ strategy: text(search.strategy) }),
  component: lazyRouteComponent(() => import('./new-sweep-page'), 'NewSweepPage'),
});

const sweep = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests/sweeps/$job',
  staticData: { title: 'Sweep' },
  component: lazyRouteComponent(() => import('./sweep-page'), 'SweepPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/backtests/$id',
  staticData: { title: 'Backtest' },
  component: lazyRouteComponent(() => import('./backtest-page'), 'BacktestPage'),
});

export const backtestsRoutes = [list, fresh, compare, sweepForm, sweep, one] as const;
