import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import { readKind, type AuditKind } from './words/actions';

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit',
  staticData: { title: 'Audit' },
  validateSearch: ({ kind, mine }: Record<string, unknown>): { kind?: AuditKind; mine?: true } => ({
    kind: readKind(kind),
    mine: mine === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./audit-page'), 'AuditPage'),
});

export const auditRoutes = [list] as const;
