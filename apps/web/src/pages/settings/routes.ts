import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route';
import type { SettingsTab } from './tabs';
import { TABS } from './tabs';

const isTab = (value: unknown): value is SettingsTab => TABS.some((tab) => tab === value);

const list = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  staticData: { title: 'Settings' },
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: SettingsTab } => (isTab(tab) ? { tab } : {}),
  component: lazyRouteComponent(() => import('./settings-page'), 'SettingsPage'),
});

export const settingsRoutes = [list] as const;
