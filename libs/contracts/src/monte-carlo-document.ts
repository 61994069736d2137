export const MONTE_CARLO_METHODS = [
  'trade_order',
  'random_timing',
  'price_blocks',
  'parameter_noise',
  'neighbours',
] as const;
export type MonteCarloMethod = (typeof MONTE_CARLO_METHODS)[number];

/** Of one figure over the draws; null where none has it. */
export interface DrawnRow {
  metric: string;
  observed: number | null;
  mean: number | null;
  lower_5: number | null;
  lower_25: number | null;
  median: number | null;
  upper_75: number | null;
  upper_95: number | null;
  /** Of all draws. */
  worst: number | null;
  /** (1 + draws at least as good as the run) / (1 + draws). */
  as_good: number | null;
}

export interface MonteCarloRow {
  method: MonteCarloMethod;
  /** What was drawn, and what it asks, in words. */
  what: string;
  draws: number;
  /** Mean bars of a block; null where none is drawn. */
  block: number | null;
  items: DrawnRow[];
  /** Why there are no draws; null where there are. */
  why: string | null;
}

export interface MonteCarloDocument {
  observations: number;
  seed: string;
  methods: MonteCarloRow[];
}
