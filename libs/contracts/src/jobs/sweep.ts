import { must } from '../schema/must';
import { open } from '../schema/objects';
import { figure, integer, revision, uuid } from '../schema/texts';
import { WireDocument, type DocumentOf, type Stated, type Zod } from '../schema/wire-document';
import { OUTPUT_MODES, POSITION_MODES, ruleTree } from '../rule-tree';

/** What a swept path leads to. */
const paramValue = (z: Zod) =>
  z.union([z.number(), z.string(), z.boolean()], must('type', 'be a number, a string, true or false'));
export type ParamValue = Stated<typeof paramValue>;

const constraintOperator = (z: Zod) => z.enum(['<', '<=', '>', '>=', '==', '!=']);
export type ConstraintOperator = Stated<typeof constraintOperator>;

/**
 * What every cell must hold, such as `{ left: 'features.0.params.window', op: '<', right: 'features.1.params.window' }`.
 * `left` is a path of the document, swept or not; `right` a path, or a number that stands for itself.
 */
const sweepConstraint = (z: Zod) =>
  z.strictObject({
    left: z.string(),
    op: constraintOperator(z),
    right: z.union([z.string(), z.number()], must('type', 'be a path or a number')),
  });
export type SweepConstraint = Stated<typeof sweepConstraint>;

/** A rule tree to try in place of the strategy's. */
const sweepCandidate = (z: Zod) =>
  z.strictObject({
    rule_tree: ruleTree(z),
    output_mode: z.enum(OUTPUT_MODES),
    position_mode: z.enum(POSITION_MODES),
  });
export type SweepCandidate = Stated<typeof sweepCandidate>;

const sweptParam = (z: Zod) =>
  z.strictObject({
    path: z.string(),
    values: z.array(paramValue(z)),
    /** It is varied only where that earlier parameter is and has one of these values; elsewhere it has its first value. */
    when: z.strictObject({ path: z.string(), among: z.array(paramValue(z)).min(1) }).optional(),
  });
export type SweptParam = Stated<typeof sweptParam>;

const SPLIT_FIGURES = ['sharpe', 'total_return', 'max_drawdown'] as const;
/** The figures that every cell has, and the plateau score of its Sharpe ratio. */
export const CELL_FIGURES = [...SPLIT_FIGURES, 'plateau'] as const;
/** Metrics of which one value is better than another, computed for every cell of a sweep that is ranked by one. */
export const SWEPT_METRICS = [
  ...(['annualized_return', 'sharpe_ratio', 'calmar_ratio', 'sortino_ratio', 'volatility'] as const),
  ...(['max_drawdown_duration_bars', 'var_95', 'cvar_95', 'var_99', 'cvar_99', 'omega_ratio', 'tail_ratio'] as const),
  ...(['win_rate_periods', 'win_rate_trades', 'profit_factor', 'expectancy', 'turnover', 'alpha'] as const),
  ...(['skewness', 'kurtosis', 'downside_deviation', 'ulcer_index', 'recovery_factor', 'time_under_water'] as const),
  ...(['stability', 'payoff_ratio', 'kelly_fraction', 'system_quality_number'] as const),
  ...(['up_capture', 'down_capture', 'information_ratio'] as const),
] as const;
const sweptMetric = (z: Zod) => z.enum(SWEPT_METRICS);
export type SweptMetric = Stated<typeof sweptMetric>;

export const RANKED_BY = [...CELL_FIGURES, ...SWEPT_METRICS] as const;
const rankedBy = (z: Zod) => z.enum(RANKED_BY);
/** What cells are ranked by. */
export type RankedBy = Stated<typeof rankedBy>;

export const SWEEP_METHODS = ['exhaustive', 'random', 'tpe'] as const;
/** Every cell, or `samples` of them. Null samples and seed: every cell. */
const searchShape = (z: Zod) => ({
  method: z.enum(SWEEP_METHODS),
  samples: integer(z).nullable(),
  seed: integer(z).nullable(),
});
export const sweepSearch = (z: Zod) => z.strictObject(searchShape(z));
export type SweepSearch = Stated<typeof sweepSearch>;

export const SWEEP_OBJECTIVES = ['backtest', 'cpcv'] as const;
/** What the figures of a cell are: of its backtest, or means over the splits of purged cross-validation, each out of sample. */
const sweepObjective = (z: Zod) => z.enum(SWEEP_OBJECTIVES);
export type SweepObjective = Stated<typeof sweepObjective>;

export const PRUNING_RULES = ['none', 'median'] as const;
/** When cross-validation of a cell is given up: see `medianBounds`. */
export const pruningRule = (z: Zod) => z.enum(PRUNING_RULES);
export type PruningRule = Stated<typeof pruningRule>;

/** What is swept: a grid of parameters or a list of candidates, one of the two. */
const spaceShape = (z: Zod) => ({
  strategy_id: uuid(z),
  revision: revision(z),
  source: z.string().nullable(),
  params: z.array(sweptParam(z)).nullable(),
  constraints: z.array(sweepConstraint(z)),
  /**
   * Which cells the constraints leave, a bit a cell of the whole grid, base64; null: all of them. Absent in a sweep that began before
   * it was kept.
   */
  existing: z.string().nullable().optional(),
  candidates: z.array(sweepCandidate(z)).nullable(),
});
export type SweepSpace = Pick<SweepPayload, keyof ReturnType<typeof spaceShape>>;

/** Payload of job `backtest.sweep`. */
export const sweepPayload = (z: Zod) =>
  z.strictObject({
    ...spaceShape(z),
    search: sweepSearch(z),
    by: rankedBy(z),
    top: integer(z),
    /** Absent in a sweep that began before there was a choice: `backtest`, and nothing is given up. */
    objective: sweepObjective(z).optional(),
    prune: pruningRule(z).optional(),
  });
export type SweepPayload = Stated<typeof sweepPayload>;

/** The bars of a sweep. Every shard reads exactly these, whatever was imported meanwhile. */
const sweptBars = (z: Zod) =>
  z.strictObject({
    bars: integer(z),
    /** Open time of the last bar, ISO-8601. */
    until: z.string(),
    fingerprint: z.string(),
    /** Names of the extra columns. */
    columns: z.array(z.string()),
    /** Of annualised figures. */
    periods_per_year: z.number(),
    /** Of a universe: how many bars of each symbol; `fingerprint` is that of them all, `bars` has the longest. */
    series: z.array(z.strictObject({ symbol: z.string(), bars: integer(z) })).optional(),
  });
export type SweptBars = Stated<typeof sweptBars>;

/** What a training window of a walk-forward chooses by: a metric of which one value is the better, or the plateau of the Sharpe ratio. */
export const SELECTED_BY = ['plateau', 'total_return', 'max_drawdown', ...SWEPT_METRICS] as const;
export type SelectedMetric = (typeof SELECTED_BY)[number];
export const WALK_FORWARD_SCHEMES = ['rolling', 'expanding', 'anchored'] as const;

const barRange = (z: Zod) => z.tuple([integer(z), integer(z)]);
/** The windows of a walk-forward, half-open ranges of the swept bars, and the metric that every cell is judged by in each. */
const foldWindows = (z: Zod) =>
  z.strictObject({
    layout: z.strictObject({
      folds: integer(z),
      ratio: z.number(),
      kind: z.enum(WALK_FORWARD_SCHEMES),
      gap: integer(z),
    }),
    scored: barRange(z),
    scored_from: z.strictObject({ index: integer(z), rule: z.string() }),
    splits: z.array(z.strictObject({ train: barRange(z), test: barRange(z) })),
    metric: z.enum(SELECTED_BY).exclude(['plateau']),
  });
export type FoldWindows = Stated<typeof foldWindows>;

/**
 * Payload of job `backtest.sweep_shard`; of the parameters it has the values of its own cells only, see `gridPart`, and of the
 * candidates its own, in their order.
 */
export const sweepShardPayload = (z: Zod) =>
  z.strictObject({
    ...spaceShape(z),
    swept: sweptBars(z),
    /** Row of the sweep's result that the first cell fills; the others follow. */
    first_row: integer(z),
    /** Numbers of the cells in the grid of `params`, or places in the sweep's list of candidates. */
    cells: z.array(integer(z)),
    /** To be computed beside the three figures. */
    metric: sweptMetric(z).optional(),
    /** Of a cross-validated sweep: the figure it goes by, and by split the bound below which a cell is given up. */
    cross_validation: z
      .strictObject({ figure: z.enum([...SPLIT_FIGURES, ...SWEPT_METRICS]), bounds: z.array(figure(z)) })
      .optional(),
    /** Of the cells of a walk-forward. */
    walk_forward: foldWindows(z).optional(),
  });
export type SweepShardPayload = Stated<typeof sweepShardPayload>;

const column = (z: Zod) => z.array(figure(z));

/** One value per cell; null where undefined. */
export const sweepFigures = (z: Zod) =>
  open(z, {
    total_return: column(z),
    sharpe: column(z),
    max_drawdown: column(z),
    /** Of the metric that the shard was told to compute. */
    metric: column(z).optional(),
    /** Cross-validated cells alone: the mean of the figure after every split that was judged. */
    running: z.array(column(z)).optional(),
    /** Cells of a walk-forward alone: the metric in every training and every test window, a column a fold. */
    trained: z.array(column(z)).optional(),
    tested: z.array(column(z)).optional(),
    idle: z.array(column(z)).optional(),
  });
export type SweepFigures = Stated<typeof sweepFigures>;

/** A row of the result that is singled out; with the metric that the sweep is ranked by, under its name. */
const cellShape = (z: Zod) => ({
  total_return: figure(z),
  sharpe: figure(z),
  max_drawdown: figure(z),
  /** Row of the result. */
  index: integer(z),
  params: z.record(z.string(), z.unknown()),
});
const sweptCell = (z: Zod) => open(z, cellShape(z));
export type SweptCell = Stated<typeof sweptCell>;

/** With the plateau score of the Sharpe ratio; null without a grid or a Sharpe ratio. */
const rankedCell = (z: Zod) => open(z, { ...cellShape(z), plateau: figure(z) });
export type RankedCell = Stated<typeof rankedCell>;

/** Of `splits` a whole trial has; the cells that were given up after fewer, whose figures are null, with their mean by then. */
const pruned = (z: Zod) =>
  open(z, {
    rule: pruningRule(z),
    splits: integer(z),
    cells: z.array(open(z, { index: integer(z), splits: integer(z), mean: figure(z) })),
  });

const tableShape = (z: Zod) => ({
  /** The parameters (of candidates: `index`), then the three figures, then the metric that it is ranked by where that is none of them. */
  columns: z.array(z.string()),
  rows: z.array(z.array(paramValue(z).nullable())),
});

/** Of a stored sweep, whichever version wrote it: what was swept, */
export const sweptParams = new WireDocument('urn:assay:schema:swept-params:v1', (z) =>
  open(z, {
    strategy_id: uuid(z),
    revision: revision(z),
    params: z.array(sweptParam(z)).nullable(),
    candidates: z.array(sweepCandidate(z)).nullable(),
  }),
);
export type SweptParams = DocumentOf<typeof sweptParams>;
/** and its rows. A sweep that began before they were kept has no plateau scores. */
export const sweptTable = new WireDocument('urn:assay:schema:swept-table:v1', (z) =>
  open(z, {
    ...tableShape(z),
    plateau_scores: column(z).nullish(),
    top_by: rankedBy(z).optional(),
    objective: sweepObjective(z).optional(),
    pruning: pruned(z).optional(),
  }),
);
export type SweptTable = DocumentOf<typeof sweptTable>;

/** Result of job `backtest.sweep`. */
export const sweepResult = (z: Zod) =>
  open(z, {
    /** Cells evaluated. */
    cells: integer(z),
    /** Distinct configurations of the lineage after the sweep. */
    trials: integer(z),
    search: open(z, {
      ...searchShape(z),
      /** Cells that exist. */
      grid_cells: integer(z),
      /** Present when not every cell was evaluated. */
      note: z.string().optional(),
    }),
    /**
     * `lookback`: every cell is scored from its own lookback on, as its backtest would be. `policy`: from the first bar that the
     * policies score on, all cells over the same bars.
     */
    scored_from: open(z, { rule: z.enum(['lookback', 'policy']) }),
    /** Absent in a sweep that ended before there was a choice. */
    objective: sweepObjective(z).optional(),
    /** Of a cross-validated sweep. */
    pruning: pruned(z).optional(),
    /** Bars per year of the annualised figures; null for a sweep that began before it was kept. */
    periods_per_year: figure(z),
    ...tableShape(z),
    /** The row with the highest Sharpe ratio. */
    best: sweptCell(z).nullable(),
    /** Up to 20 rows by Sharpe ratio, best first. */
    ranking: z.array(integer(z)),
    /** Cells that held nothing: none is in `top`. Absent in a sweep that ended before they were told. */
    idle_cells: integer(z).optional(),
    top_by: rankedBy(z),
    top: z.array(rankedCell(z)),
    /** The row with the highest plateau score. */
    plateau: rankedCell(z).nullable(),
    /** Of every row; null for candidates, which have no neighbours. */
    plateau_scores: column(z).nullable(),
  });
export type SweepResult = Stated<typeof sweepResult>;
