import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { searchWords } from '../../tables/search-words';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/features',
  staticData: { title: 'Features & models' },
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: searchWords(search.q) }),
  component: lazyRouteComponent(() => import('./features-page'), 'FeaturesPage'),
});

const newFeature = createRoute({
  getParentRoute: () => appRoute,
  path: '/features/new',
  staticData: { title: 'New feature', needs: 'research:write' },
  component: lazyRouteComponent(() => import('./new-feature-page'), 'NewFeaturePage'),
});

const newModel = createRoute({
  getParentRoute: () => appRoute,
  path: '/features/models/new',
  staticData: { title: 'New model', needs: 'research:write' },
  component: lazyRouteComponent(() => import('./models/new-model-page'), 'NewModelPage'),
});

const model = createRoute({
  getParentRoute: () => appRoute,
  path: '/features/models/$id',
  staticData: { title: 'Model' },
  component: lazyRouteComponent(() => import('./models/model-page'), 'ModelPage'),
});

const feature = createRoute({
  getParentRoute: () => appRoute,
  path: '/features/$id',
  staticData: { title: 'Feature' },
  component: lazyRouteComponent(() => import('./feature-page'), 'FeaturePage'),
});

export const featuresRoutes = [list, newFeature, newModel, model, feature] as const;
