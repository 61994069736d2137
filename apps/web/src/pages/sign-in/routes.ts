import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/root-route';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  staticData: { title: 'Sign in' },
  /** `back`: a path of this app; anything else is left out, so that no link leads elsewhere after signing in. */
  validateSearch: (search: Record<string, unknown>): { back?: string } => {
    const { back } = search;
    return typeof back === 'string' && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? { back } : {};
  },
  component: lazyRouteComponent(() => import('./sign-in-page'), 'SignInPage'),
});
