export const TABS = ['overview', 'comparison', 'decisions', 'orders', 'fills', 'runs', 'signals', 'settings'] as const;
export type DeploymentTab = (typeof TABS)[number];

export const readTab = (value: unknown): DeploymentTab | undefined => TABS.find((tab) => tab === value);
