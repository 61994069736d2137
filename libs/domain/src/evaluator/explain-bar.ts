import type { PipelineDocument, RuleAction, RuleBranch, RuleNode, Sizing, StrategyDocument } from '@assay/contracts';
import { isTie, signalAgainst, type TieScale } from '@assay/quant';
import { columnOf, type BarColumns } from '../ports';
import { resolveSubstrategies } from '../strategy';
import { assemble } from './assembly';
import { rulesLogic } from './logic';
import { compareLeaf, type CompiledLeaf } from './rule-program';
import { allOf, anyOf, FALSE, TRUE, UNKNOWN } from './three-valued';
import { whatClosed } from './what-closed';
import { DECISIONS, type BatchEvaluation, type DecisionKind, type EvaluatorParts } from './types';

export type Truth = 'true' | 'false' | 'unknown';
const TRUTHS: Record<number, Truth> = { [FALSE]: 'false', [TRUE]: 'true', [UNKNOWN]: 'unknown' };

/** A comparison with what it compared; NaN where missing. `before` are the values of the bar before, which crossings read. */
export interface ExplainedLeaf {
  path: string;
  truth: Truth;
  rule: string;
  left: number;
  right: number;
  before: { left: number; right: number } | null;
  why: string;
}

export interface ExplainedBranch {
  path: string;
  truth: Truth;
  combinator: 'AND' | 'OR';
  rules: ExplainedNode[];
}
export type ExplainedNode = ExplainedLeaf | ExplainedBranch;

export interface ExplainedGroup extends ExplainedBranch {
  action: RuleAction;
  /** False where an earlier group decided, or was unknown. */
  isReached: boolean;
  decides: boolean;
}

export interface ExplainedSubstrategy {
  path: string;
  feature: string;
  value: number;
  signalFunction: string;
  threshold: number;
  /** -1, 0 or 1; NaN where the value is missing. */
  signal: number;
}

/** Why a document stands where it does after one bar. */
export interface BarExplanation {
  openTimeMs: number;
  /** Place of the bar, and the bars before which no target stands. */
  index: number;
  lookback: number;
  features: Record<string, number>;
  /** NaN without a model, or a prediction. */
  prediction: number;
  /** Of a rule tree; else null. */
  groups: ExplainedGroup[] | null;
  /** Of a substrategies document; else null. */
  substrategies: ExplainedSubstrategy[] | null;
  decision: DecisionKind;
  /** What decided, in words. */
  why: string;
  /** In force after the bar: -1, 0 or 1, NaN before the first. */
  signal: number;
  weight: number;
  sizing: Sizing;
  /** Weight in force by unit of the signal; NaN while flat. */
  size: number;
}

/** Explains bar `index` of an evaluation of these bars by this document and these parts. */
export function explainBar(
  document: StrategyDocument,
  parts: EvaluatorParts,
  evaluation: BatchEvaluation,
  bars: BarColumns,
  index: number,
): BarExplanation {
  const { lookback } = assemble(document, parts);
  const { featureNames, features, predictions, signals, weights, decisions } = evaluation;
  const groups = document.kind === 'pipeline' ? explainedGroups(document, parts, evaluation, bars, index) : null;
  const substrategies = document.kind === 'pipeline' ? null : explainedSubstrategies(document, evaluation, index);
  const decision = DECISIONS[decisions[index]];
  const signal = signals[index];
  const weight = weights[index];
  const explained = {
    ...{ openTimeMs: bars.openTimeMs[index], index, lookback },
    features: Object.fromEntries(featureNames.map((name, f) => [name, features[f][index]])),
    ...{ prediction: predictions[index], groups, substrategies, decision, signal, weight },
    sizing: document.sizing ?? { kind: 'fixed' as const },
    size: signal === 0 || signal !== signal ? NaN : weight / signal,
  };
  const why = whyOf(explained, document.kind === 'pipeline' ? '' : document.conjunction);
  const closed = whatClosed(evaluation, bars, index);
  return { ...explained, why: closed === null ? why : `${closed}; by the rules: ${why}` };
}

function explainedGroups(
  document: PipelineDocument,
  { features }: EvaluatorParts,
  evaluation: BatchEvaluation,
  bars: BarColumns,
  index: number,
): ExplainedGroup[] {
  const { program, inputs } = rulesLogic(document, features);
  const rowAt = (bar: number): Float64Array =>
    Float64Array.from(inputs, (source) => {
      if (bar < 0) return NaN;
      if (source.kind === 'feature') return evaluation.features[source.index][bar];
      return source.kind === 'prediction' ? evaluation.predictions[bar] : (columnOf(bars, source.name)?.[bar] ?? NaN);
    });
  const [row, previous] = [rowAt(index), rowAt(index - 1)];
  const leaves = new Map(program.leaves.map((leaf) => [leaf.path, leaf]));
  const nodeOf = (node: RuleNode, path: string): ExplainedNode =>
    'rules' in node ? branchOf(node, path) : explainedLeaf(leaves.get(path)!, row, previous);
  const branchOf = ({ combinator, rules }: Pick<RuleBranch, 'combinator' | 'rules'>, path: string): ExplainedBranch => {
    const own = rules.map((rule, i) => nodeOf(rule, `${path}.rules[${i}]`));
    const codes = own.map(({ truth }) => (truth === 'true' ? TRUE : truth === 'false' ? FALSE : UNKNOWN));
    const truth = TRUTHS[(combinator === 'AND' ? allOf : anyOf)(codes, 0, codes.length)];
    return { path, truth, combinator, rules: own };
  };
  let isReached = true;
  return document.signal.rule_tree.groups.map((group, g): ExplainedGroup => {
    const own = branchOf(group, `groups[${g}]`);
    const explained = { ...own, action: group.action, isReached, decides: isReached && own.truth === 'true' };
    isReached &&= own.truth === 'false';
    return explained;
  });
}

function explainedLeaf(compiled: CompiledLeaf, row: Float64Array, previous: Float64Array): ExplainedLeaf {
  const { leaf, path } = compiled;
  const operandOf = (values: Float64Array): number => (compiled.right < 0 ? compiled.constant : values[compiled.right]);
  const [left, right] = [row[compiled.left], operandOf(row)];
  const isCrossing = leaf.operator === 'crosses_above' || leaf.operator === 'crosses_below';
  const before = isCrossing ? { left: previous[compiled.left], right: operandOf(previous) } : null;
  const truth = TRUTHS[compareLeaf(compiled, row, previous)];
  const other = typeof leaf.value === 'number' ? String(leaf.value) : leaf.value.field;
  return {
    ...{ path, truth, rule: `${leaf.field} ${leaf.operator} ${other}`, left, right, before },
    why: whyOfLeaf({
      truth,
      left,
      right,
      before,
      field: leaf.field,
      other,
      isConstant: compiled.right < 0,
      scale: compiled.scale,
    }),
  };
}

interface Compared extends Pick<ExplainedLeaf, 'truth' | 'left' | 'right' | 'before'> {
  field: string;
  other: string;
  isConstant: boolean;
  scale: TieScale;
}

function whyOfLeaf({ truth, left, right, before, field, other, isConstant, scale }: Compared): string {
  if (left !== left) return `${field} is missing`;
  if (right !== right) return `${other} is missing`;
  const named = isConstant ? other : `${other} ${right}`;
  const now = `${field} ${left} is ${orderOf(left, right, scale)} ${named}`;
  if (before === null) return now;
  if (before.left !== before.left) return `${field} is missing on the bar before`;
  if (before.right !== before.right) return `${other} is missing on the bar before`;
  const verdict = truth === 'true' ? 'crossed' : 'did not cross';
  return `${verdict}: ${now}, and was ${before.left}, ${orderOf(before.left, before.right, scale)} ${before.right}, before`;
}

const orderOf = (a: number, b: number, scale: TieScale): string =>
  isTie(a, b, scale) ? 'equal to' : a > b ? 'above' : 'below';

function explainedSubstrategies(
  document: Extract<StrategyDocument, { substrategies: unknown }>,
  { featureNames, features }: BatchEvaluation,
  index: number,
): ExplainedSubstrategy[] {
  return resolveSubstrategies(document.substrategies).resolved.map((sub, i) => {
    const value = features[featureNames.indexOf(sub.featureName)][index];
    const { signalFunction, threshold } = sub;
    const signal = signalAgainst(signalFunction, threshold, sub.scale)(value);
    return { path: `substrategies[${i}]`, feature: sub.featureName, value, signalFunction, threshold, signal };
  });
}

function whyOf(
  { groups, substrategies, decision, index, lookback }: Omit<BarExplanation, 'why'>,
  conjunction: string,
): string {
  if (index < lookback)
    return `no target: bar ${index} lies before bar ${lookback}, the first that all inputs are known on`;
  const missing = substrategies?.find(({ signal }) => signal !== signal);
  if (missing) return `no signal: ${missing.feature} is missing`;
  const unknown = groups?.find(({ isReached, truth }) => isReached && truth === 'unknown');
  if (unknown) return `no signal: ${unknown.path} is unknown, ${firstLeaf(unknown, 'unknown')!.why}`;
  if (decision === 'no_signal') return 'no signal: the size is undefined';
  if (groups === null) {
    const said = substrategies!.map(({ path, signal }) => `${path} says ${signal}`).join(', ');
    return substrategies!.length === 1 ? said : `${said}; combined by ${conjunction}`;
  }
  const decides = groups.find((group) => group.decides);
  if (decides) return `${decides.path} holds: ${decides.action}`;
  return `keep: no group holds; ${groups.map((group) => `${group.path}: ${firstLeaf(group, 'false')!.why}`).join('; ')}`;
}

/** The first comparison that makes a node what it is. */
function firstLeaf(node: ExplainedNode, truth: Truth): ExplainedLeaf | undefined {
  if (!('rules' in node)) return node.truth === truth ? node : undefined;
  for (const rule of node.rules) {
    const found = rule.truth === truth ? firstLeaf(rule, truth) : undefined;
    if (found) return found;
  }
  return undefined;
}
