import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../session/session';
import { rootRoute } from './root-route';

/** The parent of every page that needs somebody signed in: without a session it leads to the sign-in page, and back afterwards. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ href: `/sign-in?back=${encodeURIComponent(location.href)}` });
  },
  component: lazyRouteComponent(() => import('./app-layout'), 'AppLayout'),
});
