import { createRouter } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { auditRoutes } from './pages/audit/routes';
import { backtestsRoutes } from './pages/backtests/routes';
import { dataRoutes } from './pages/data/routes';
import { deploymentsRoutes } from './pages/deployments/routes';
import { featuresRoutes } from './pages/features/routes';
import { jobsRoutes } from './pages/jobs/routes';
import { overviewRoutes } from './pages/overview/routes';
import { portfolioRoutes } from './pages/portfolio/routes';
import { settingsRoutes } from './pages/settings/routes';
import { signInRoute } from './pages/sign-in/routes';
import { signalsRoutes } from './pages/signals/routes';
import { strategiesRoutes } from './pages/strategies/routes';
import { validationRoutes } from './pages/validation/routes';
import { appRoute } from './shell/app-route';
import { NotFound, PageFault } from './shell/faults';
import { rootRoute } from './shell/root-route';
import { Loading } from './states/loading';

const routeTree = rootRoute.addChildren([
  signInRoute,
  appRoute.addChildren([
    ...overviewRoutes,
    ...dataRoutes,
    ...strategiesRoutes,
    ...featuresRoutes,
    ...signalsRoutes,
    ...backtestsRoutes,
    ...validationRoutes,
    ...deploymentsRoutes,
    ...portfolioRoutes,
    ...jobsRoutes,
    ...auditRoutes,
    ...settingsRoutes,
  ]),
]);

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultErrorComponent: PageFault,
    defaultNotFoundComponent: NotFound,
    defaultPendingComponent: Loading,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
