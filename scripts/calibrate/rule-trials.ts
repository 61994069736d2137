import type { FeatureSpec, RuleLeaf, RuleTree } from '@assay/contracts';
import type { Rng } from '@assay/quant';
import { documentOf, feature, type TrialRules } from './documents';

/** A condition with the features that it reads. */
interface Condition {
  features: FeatureSpec[];
  leaf: RuleLeaf;
}

/** Every window leaves the policy's own first bar the first that is scored. */
const WINDOWS = [5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150, 200] as const;
const SHORT = [2, 5, 10, 14, 21] as const;
/** A year of 10 % volatility in place of the market's 16 %. */
const SCALED = { kind: 'volatility_target', annual: 0.1, window: 21, cap: 2, rebalance: 'bar' } as const;

const pick = <T>(rng: Rng, list: readonly T[]): T => list[rng.int(list.length)];

/** The ideas that rules are made of: trend, crossing, momentum, reversal, distance from a mean, calm or storm. */
const IDEAS: readonly ((rng: Rng) => Condition)[] = [
  (rng) => against(rng, 'close', 'sma', pick(rng, WINDOWS)),
  (rng) => {
    const fast = named('sma', pick(rng, WINDOWS.slice(0, 6)));
    const condition = against(rng, fast.name, 'sma', pick(rng, WINDOWS.slice(6)));
    return { ...condition, features: [fast, ...condition.features] };
  },
  (rng) => level(rng, 'momentum', pick(rng, WINDOWS), [0]),
  (rng) => level(rng, 'rsi', pick(rng, SHORT), [30, 40, 50, 60, 70]),
  (rng) => level(rng, 'bollinger_z', pick(rng, WINDOWS), [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]),
  (rng) => {
    const now = named('realised_volatility', pick(rng, [10, 21, 42]));
    const condition = against(rng, now.name, 'realised_volatility', pick(rng, [63, 126, 200]));
    return { ...condition, features: [now, ...condition.features] };
  },
];

const named = (plugin: string, window: number): FeatureSpec => feature(`${plugin}_${window}`, plugin, { window });
const side = (rng: Rng): '>' | '<' => pick(rng, ['>', '<'] as const);

function against(rng: Rng, field: string, plugin: string, window: number): Condition {
  const other = named(plugin, window);
  return { features: [other], leaf: { field, operator: side(rng), value: { field: other.name } } };
}

function level(rng: Rng, plugin: string, window: number, levels: readonly number[]): Condition {
  const own = named(plugin, window);
  return { features: [own], leaf: { field: own.name, operator: side(rng), value: pick(rng, levels) } };
}

const OPPOSITE = { '>': '<=', '<': '>=' } as const;

/** In while all conditions hold, out, or short, as soon as one does not. */
function treeOf(leaves: readonly RuleLeaf[]): RuleTree {
  const opposite = leaves.map((leaf) => ({ ...leaf, operator: OPPOSITE[leaf.operator as '>' | '<'] }));
  return {
    groups: [
      { action: 'BUY', combinator: 'AND', rules: [...leaves] },
      { action: 'SELL', combinator: 'OR', rules: opposite },
    ],
  };
}

function randomRule(rng: Rng): TrialRules {
  const conditions = Array.from({ length: 1 + rng.int(2) }, () => pick(rng, IDEAS)(rng));
  const features = new Map(conditions.flatMap((one) => one.features).map((one) => [one.name, one]));
  return {
    features: [...features.values()],
    ruleTree: treeOf(conditions.map(({ leaf }) => leaf)),
    isLongShort: rng.int(2) === 1,
    ...(rng.int(2) === 1 ? { sizing: SCALED } : {}),
  };
}

/** So many different rules, none of which knows a level of the bars that it will meet. */
export function randomRules(rng: Rng, count: number) {
  const rules = new Map<string, TrialRules>();
  while (rules.size < count) {
    const rule = randomRule(rng);
    rules.set(JSON.stringify(rule), rule);
  }
  return [...rules.values()].map(documentOf);
}
