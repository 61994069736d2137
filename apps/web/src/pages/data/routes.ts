import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { searchWords } from '../../tables/search-words';
import { seriesSearch } from './series-key';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/data',
  staticData: { title: 'Data' },
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: searchWords(search.q) }),
  component: lazyRouteComponent(() => import('./data-page'), 'DataPage'),
});

const importing = createRoute({
  getParentRoute: () => appRoute,
  path: '/data/import',
  staticData: { title: 'Import bars', needs: 'data:write' },
  component: lazyRouteComponent(() => import('./import-page'), 'ImportPage'),
});

const series = createRoute({
  getParentRoute: () => appRoute,
  path: '/data/series',
  staticData: { title: 'Series' },
  validateSearch: seriesSearch,
  component: lazyRouteComponent(() => import('./series-page'), 'SeriesPage'),
});

const feeds = createRoute({
  getParentRoute: () => appRoute,
  path: '/data/feeds',
  staticData: { title: 'Feeds' },
  component: lazyRouteComponent(() => import('./feeds-page'), 'FeedsPage'),
});

export const dataRoutes = [list, importing, series, feeds] as const;
