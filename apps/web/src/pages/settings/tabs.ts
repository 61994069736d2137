export const TABS = ['accounts', 'keys', 'password', 'users'] as const;
export type SettingsTab = (typeof TABS)[number];
