import type { IconName } from './icons';

/** The pages of the navigation; `key` after `g` goes there. */
export const NAVIGATION = [
  {
    group: null,
    items: [{ to: '/', label: 'Overview', icon: 'overview', key: 'o' }],
  },
  {
    group: 'Research',
    items: [
      { to: '/data', label: 'Data', icon: 'data', key: 'd' },
      { to: '/strategies', label: 'Strategies', icon: 'strategies', key: 's' },
      { to: '/features', label: 'Features & models', icon: 'models', key: 'f' },
      { to: '/signals', label: 'Signals', icon: 'signals', key: 'i' },
      { to: '/backtests', label: 'Backtests', icon: 'backtests', key: 'b' },
      { to: '/validation', label: 'Validation', icon: 'validation', key: 'v' },
    ],
  },
  {
    group: 'Trade',
    items: [
      { to: '/deployments', label: 'Deployments', icon: 'deployments', key: 'p' },
      { to: '/portfolio', label: 'Portfolio & risk', icon: 'portfolio', key: 'r' },
    ],
  },
  {
    group: 'Operate',
    items: [
      { to: '/jobs', label: 'Jobs', icon: 'jobs', key: 'j' },
      { to: '/audit', label: 'Audit', icon: 'audit', key: 'a' },
      { to: '/settings', label: 'Settings', icon: 'settings', key: 'e' },
    ],
  },
] as const satisfies readonly {
  group: string | null;
  items: readonly { to: string; label: string; icon: IconName; key: string }[];
}[];

export const PAGES = NAVIGATION.flatMap((group) => [...group.items]);
