export const TABS = ['overview', 'versions', 'document', 'lineage', 'trials', 'notes'] as const;
export type StrategyTab = (typeof TABS)[number];

export const readTab = (value: unknown): StrategyTab | undefined => TABS.find((tab) => tab === value);
