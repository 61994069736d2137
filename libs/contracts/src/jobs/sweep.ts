import type { OutputMode, PositionMode, RuleTree } from '../rule-tree';

/** What a swept path leads to. */
export type ParamValue = number | string | boolean;

export type ConstraintOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/**
 * What every cell must hold, such as `{ left: 'features.0.params.window', op: '<', right: 'features.1.params.window' }`.
 * `left` is a path of the document, swept or not; `right` a path, or a number that stands for itself.
 */
export interface SweepConstraint {
  left: string;
  op: ConstraintOperator;
  right: string | number;
}

/** A rule tree to try in place of the strategy's. */
export interface SweepCandidate {
  rule_tree: RuleTree;
  output_mode: OutputMode;
  position_mode: PositionMode;
}

export interface SweptParam {
  path: string;
  values: ParamValue[];
}

export const RANKED_BY = ['sharpe', 'total_return', 'max_drawdown', 'plateau'] as const;
/** What cells are ranked by; the plateau score is that of the Sharpe ratio. */
export type RankedBy = (typeof RANKED_BY)[number];

export const SWEEP_METHODS = ['exhaustive', 'random', 'tpe'] as const;
/** Every cell, or `samples` of them. Null samples and seed: every cell. */
export interface SweepSearch {
  method: (typeof SWEEP_METHODS)[number];
  samples: number | null;
  seed: number | null;
}

/** What is swept: a grid of parameters or a list of candidates, one of the two. */
export interface SweepSpace {
  strategy_id: string;
  revision: number;
  source: string | null;
  params: SweptParam[] | null;
  constraints: SweepConstraint[];
  /**
   * Which cells the constraints leave, a bit a cell of the whole grid, base64; null: all of them. Absent in a sweep that began before
   * it was kept.
   */
  existing?: string | null;
  candidates: SweepCandidate[] | null;
}

/** Payload of job `backtest.sweep`. */
export interface SweepPayload extends SweepSpace {
  search: SweepSearch;
  by: RankedBy;
  top: number;
}

/** The bars of a sweep. Every shard reads exactly these, whatever was imported meanwhile. */
export interface SweptBars {
  bars: number;
  /** Open time of the last bar, ISO-8601. */
  until: string;
  fingerprint: string;
  /** Names of the extra columns. */
  columns: string[];
  /** Of annualised figures. */
  periods_per_year: number;
}

/** Payload of job `backtest.sweep_shard`; of the parameters it has the values of its own cells only, see `gridPart`. */
export interface SweepShardPayload extends SweepSpace {
  swept: SweptBars;
  /** Row of the sweep's result that the first cell fills; the others follow. */
  first_row: number;
  /** Numbers of the cells in the grid of `params`, or places in the sweep's list of candidates. */
  cells: number[];
  /** Of the shard's cells only, in their order. */
  candidates: SweepCandidate[] | null;
}

/** One value per cell; null where undefined. */
export interface SweepFigures {
  total_return: (number | null)[];
  sharpe: (number | null)[];
  max_drawdown: (number | null)[];
}

/** A row of the result that is singled out. */
export interface SweptCell extends Record<keyof SweepFigures, number | null> {
  /** Row of the result. */
  index: number;
  params: Record<string, unknown>;
}

export interface RankedCell extends SweptCell {
  /** Plateau score of the Sharpe ratio; null without a grid or a Sharpe ratio. */
  plateau: number | null;
}

/** Result of job `backtest.sweep`. */
export interface SweepResult {
  /** Cells evaluated. */
  cells: number;
  /** Distinct configurations of the lineage after the sweep. */
  trials: number;
  search: SweepSearch & {
    /** Cells that exist. */
    grid_cells: number;
    /** Present when not every cell was evaluated. */
    note?: string;
  };
  /** Every cell is scored from its own lookback on, as its backtest would be. */
  scored_from: { rule: 'lookback' };
  /** Bars per year of the annualised figures; null for a sweep that began before it was kept. */
  periods_per_year: number | null;
  /** The parameters (of candidates: `index`), then the three figures. */
  columns: string[];
  rows: (ParamValue | null)[][];
  /** The row with the highest Sharpe ratio. */
  best: SweptCell | null;
  /** Up to 20 rows by Sharpe ratio, best first. */
  ranking: number[];
  top_by: RankedBy;
  top: RankedCell[];
  /** The row with the highest plateau score. */
  plateau: RankedCell | null;
  /** Of every row; null for candidates, which have no neighbours. */
  plateau_scores: (number | null)[] | null;
}
