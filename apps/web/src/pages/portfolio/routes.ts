import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/portfolio',
  staticData: { title: 'Portfolio & risk' },
  component: lazyRouteComponent(() => import('./portfolio-page'), 'PortfolioPage'),
});

export const portfolioRoutes = [list] as const;
