import type { StrategyDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { concatColumns, cpcvSplits, type CpcvResult } from '@assay/quant';
import { type BacktestOptions, CLOSED, resolveOptions, type ScoredFrom } from '../backtest';
import { refusing } from '../errors';
import { prepareStrategy } from '../evaluator';
import type { BarRange, TrainingSet } from '../models';
import { judgedStrategy, type JudgedRecord, type StretchReturns } from './judged-record';
import { POLICY_LAYOUT, policyScoreFrom, validationRange, type LeastBars, type ScoredSlice } from './layout';
import { PathTrading, type PathMetrics } from './path-metrics';
import type { Progress } from './progress';
import { definedMean, explained, partialMean, prefixed } from './undefined-figures';

export interface CpcvLayout {
  /** Default 6. */
  groups?: number;
  /** Default 2. */
  testGroups?: number;
  /** Bars after each test block; default max(label horizon, 1 % of the scored bars). */
  embargo?: number;
}

export interface CpcvInput {
  document: StrategyDocument;
  bars: BarColumns;
  /** Of a model that was trained elsewhere, which is judged as it is; any other is fitted in the folds. */
  artifact?: Uint8Array | null;
  options?: BacktestOptions;
  layout?: CpcvLayout;
}

export interface CpcvSplitResult {
  testGroups: number[];
  /** Half-open bar indices, adjacent test groups merged. */
  test: [number, number][];
  train: [number, number][];
  /** Of the concatenated test blocks. */
  oosSharpe: number | null;
  oosReturn: number | null;
  oosMaxDrawdown: number | null;
  /** The inputs that the model's fit has chosen; absent where it chooses none. */
  selectedInputs?: string[];
  /** What was asked for beside them; absent where nothing was. */
  figure?: number | null;
  /** Why a figure is null, by its name on the wire. */
  reasons: Record<string, string>;
}

/** With its metrics where they were asked for; outcomes from before they were kept have none. */
export interface CpcvPathResult extends Partial<PathMetrics> {
  /** Which split judged each group. */
  groups: { group: number; split: number }[];
  sharpe: number | null;
  totalReturn: number | null;
  maxDrawdown: number | null;
  /** One return per scored bar. */
  returns: Float64Array;
  reasons: Record<string, string>;
}

export interface CpcvOutcome {
  layout: Required<CpcvLayout> & { horizon: number };
  scored: [number, number];
  scoredFrom: ScoredFrom;
  splits: CpcvSplitResult[];
  paths: CpcvPathResult[];
  /** Mean over the splits that have one. */
  meanOosSharpe: number | null;
  definedOos: number;
  /** Why a figure of the summary is null or rests on some of the splits, by its name on the wire. */
  reasons: Record<string, string>;
  /** Index of the path of median Sharpe: the ledger series of a model trial. */
  medianPath: number;
  minGroupBars: number;
}

/** What those who compare many outcomes ask of each split. */
export interface CpcvHooks {
  /** A further figure of the returns of the test blocks, joined. */
  figureOf?: (returns: Float64Array, test: readonly BarRange[], stretch: StretchReturns) => number | null;
  isHopeless?: (judged: readonly CpcvSplitResult[]) => boolean;
  /** Every metric of the catalogue for each path. */
  withMetrics?: boolean;
}

/**
 * Combinatorial purged cross-validation: every choice of test groups, training on the rest without the rows whose labels
 * reach into a test block or its embargo. Blocks open the position they come in with and close the one they leave, with
 * costs; a fitted model enters flat.
 * @throws DomainError `validation_failed` when the scored range is too short for the groups.
 */
export function runCpcv(
  { document, bars, artifact, options = {}, layout: asked = {} }: CpcvInput,
  onProgress?: Progress,
): CpcvOutcome {
  const prepared = prepareStrategy(document, bars);
  return scoredCpcv(judgedStrategy(prepared, resolveOptions(document, options), artifact), options, asked, onProgress);
}

/** The same of any record. */
export function scoredCpcv(
  judged: JudgedRecord,
  options: ScoredSlice,
  asked: CpcvLayout = {},
  onProgress?: Progress,
): CpcvOutcome {
  const least = leastBars(asked.groups ?? POLICY_LAYOUT.cpcv.groups);
  const { scored, scoredFrom } = validationRange(judged, options, least);
  return { ...cpcvOf(judged, scored, asked, onProgress, { withMetrics: true }), scoredFrom };
}

function leastBars(groups: number): LeastBars {
  return { what: 'CPCV', bars: groups, for: `${groups} groups take` };
}

/**
 * The same over a given scored range. Once `isHopeless` says so of the splits judged, no more are: then the outcome has these
 * alone, and of its paths only the first, which takes from every group the first split that tests it, may be whole.
 */
export function cpcvOf(
  judged: JudgedRecord,
  scored: [number, number],
  asked: CpcvLayout = {},
  onProgress?: Progress,
  { figureOf, isHopeless, withMetrics = false }: CpcvHooks = {},
): Omit<CpcvOutcome, 'scoredFrom'> {
  const { rows, horizon } = judged;
  const n = scored[1] - scored[0];
  const layout = {
    groups: asked.groups ?? POLICY_LAYOUT.cpcv.groups,
    testGroups: asked.testGroups ?? POLICY_LAYOUT.cpcv.test_groups,
    embargo: asked.embargo ?? defaultEmbargo(horizon, n),
    horizon,
  };
  const labelEnd = rows ? labelEnds(rows, scored, horizon) : undefined;
  const plan = refusing(() => cpcvSplits({ n, ...layout, from: scored[0], labelEnd }));
  const bounds = groupBounds(scored, layout.groups);
  const pathReturns = plan.paths.map(() => new Float64Array(n));
  const runsOf = runsBySplit(plan, bounds);
  const trading = withMetrics ? new PathTrading(judged, scored, plan.paths.length) : null;
  const splits: CpcvSplitResult[] = [];
  for (const [i, { testGroups, test, train }] of plan.splits.entries()) {
    // a split's targets are let go with the split: the paths take their part of it now
    const [stretch] = judged.stretches(train, [test]);
    const blocks = test.map((block) => stretch!(block, CLOSED));
    for (const { path, run } of runsOf[i]!) {
      pathReturns[path]!.set(stretch!(run, CLOSED), run[0] - scored[0]);
      trading?.add(path, run, stretch!);
    }
    const returns = concatColumns(blocks);
    const { sharpe, totalReturn, maxDrawdown, reasons } = explained(returns, judged);
    onProgress?.((i + 1) / plan.splits.length, `split ${i + 1} of ${plan.splits.length}`);
    const selectedInputs = judged.selectedInputs?.(train);
    splits.push({
      ...{ testGroups, test, train, oosSharpe: sharpe, oosReturn: totalReturn, oosMaxDrawdown: maxDrawdown },
      ...(selectedInputs && { selectedInputs }),
      ...(figureOf && { figure: figureOf(returns, test, stretch!) }),
      reasons: prefixed('oos_', reasons),
    });
    if (isHopeless?.(splits)) break;
  }
  const metrics = trading?.metricsOf(pathReturns);
  const paths = plan.paths.map((groups, p): CpcvPathResult => {
    const returns = pathReturns[p]!;
    const { reasons, ...figures } = explained(returns, judged);
    return { groups, returns, ...figures, reasons, ...metrics?.[p] };
  });
  const sharpes = splits.map((split) => split.oosSharpe);
  const { mean, defined } = definedMean(sharpes);
  return {
    layout,
    scored,
    splits,
    paths,
    meanOosSharpe: mean,
    definedOos: defined,
    reasons: partialMean('mean_oos_sharpe', 'split', 'out-of-sample Sharpe', sharpes),
    medianPath: medianIndex(paths.map((path) => path.sharpe ?? -Infinity)),
    minGroupBars: Math.min(...bounds.map(([from, to]) => to - from)),
  };
}

/** Last bar of each scored bar's label; without a label of its own it is taken to look ahead as far as one can. */
function labelEnds({ bar, end, count }: TrainingSet, [from, to]: BarRange, horizon: number): Float64Array {
  const ends = Float64Array.from({ length: to - from }, (_, i) => from + i + horizon);
  for (let row = 0; row < count; row++) if (bar[row]! >= from && bar[row]! < to) ends[bar[row]! - from] = end[row]!;
  return ends;
}

function defaultEmbargo(horizon: number, scoredBars: number): number {
  return Math.max(horizon, Math.ceil(scoredBars / 100));
}

/** Whether an outcome is laid out as the policies want it: another layout is information, not evidence. */
export function isPolicyCpcv(
  { layout, scored }: CpcvOutcome,
  { lookback, ownFrom }: Pick<JudgedRecord, 'lookback' | 'ownFrom'>,
): boolean {
  const { groups, test_groups } = POLICY_LAYOUT.cpcv;
  const embargo = defaultEmbargo(layout.horizon, scored[1] - scored[0]);
  const sameGroups = layout.groups === groups && layout.testGroups === test_groups;
  return sameGroups && layout.embargo >= embargo && scored[0] === policyScoreFrom(lookback, ownFrom);
}

/** Equal groups of the scored range; the remainder goes to the first ones. */
function groupBounds([from, to]: BarRange, groups: number): [number, number][] {
  const size = Math.floor((to - from) / groups);
  const longer = (to - from) % groups;
  let at = from;
  return Array.from({ length: groups }, (_, g) => {
    const start = at;
    at += size + (g < longer ? 1 : 0);
    return [start, at];
  });
}

/**
 * The parts of the paths that each split judges. A path is one continuous record of all groups; where the judging split
 * changes, the position is closed and costs are paid.
 */
function runsBySplit(
  { splits, paths }: CpcvResult,
  bounds: readonly [number, number][],
): { path: number; run: [number, number] }[][] {
  const runsOf = splits.map((): { path: number; run: [number, number] }[] => []);
  paths.forEach((groups, path) => {
    for (let g = 0; g < groups.length;) {
      const { group, split } = groups[g]!;
      let next = g + 1;
      while (next < groups.length && groups[next]!.split === split) next++;
      runsOf[split]!.push({ path, run: [bounds[group]![0], bounds[groups[next - 1]!.group]![1]] });
      g = next;
    }
  });
  return runsOf;
}

/** Index of the lower median. */
function medianIndex(values: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  return order[Math.floor((order.length - 1) / 2)] ?? -1;
}
