export const STRESS_SCENARIOS = [
  'as_run',
  'fees_x2',
  'slippage_x3',
  'one_bar_late',
  'missed_fills',
  'all_costs_late',
] as const;
export type StressScenario = (typeof STRESS_SCENARIOS)[number];

export interface StressRow {
  scenario: StressScenario;
  /** What is other than in the run, in words. */
  what: string;
  /** Every metric of the catalogue; of missed fills the median over the draws. */
  metrics: Record<string, number | null>;
  /** Why metrics are null. */
  reasons: Record<string, string>;
  /** Of missed fills: how often they were drawn; else null. */
  draws: number | null;
  /** Of missed fills, of each metric that has a better direction: what 1 draw in 20 falls short of; else null. */
  worst_5: Record<string, number | null> | null;
}

/** What a run would have been under worse circumstances. */
export interface StressDocument {
  seed: string;
  items: StressRow[];
}
