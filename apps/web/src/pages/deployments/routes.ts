import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { readTab, type DeploymentTab } from './tabs';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/deployments',
  staticData: { title: 'Deployments' },
  validateSearch: (search): { show?: 'stopped' | 'all' } => ({
    show: search.show === 'stopped' || search.show === 'all' ? search.show : undefined,
  }),
  component: lazyRouteComponent(() => import('./deployments-page'), 'DeploymentsPage'),
});

const deploy = createRoute({
  getParentRoute: () => appRoute,
  path: '/deployments/new',
  staticData: { title: 'Deploy', needs: 'trade:write' },
  validateSearch: (search): { strategy?: string } => ({
    strategy: typeof search.strategy === 'string' ? search.strategy : undefined,
  }),
  component: lazyRouteComponent(() => import('./deploy/deploy-page'), 'DeployPage'),
});

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/deployments/$id',
  staticData: { title: 'Deployment' },
  validateSearch: (search): { tab?: DeploymentTab } => ({ tab: readTab(search.tab) }),
  component: lazyRouteComponent(() => import('./deployment-page'), 'DeploymentPage'),
});

export const deploymentsRoutes = [list, deploy, one] as const;
