import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/features',
  staticData: { title: 'Features & models' },
  component: lazyRouteComponent(() => import('./features-page'), 'FeaturesPage'),
});

export const featuresRoutes = [list] as const;
