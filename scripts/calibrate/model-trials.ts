import type { FeatureSpec, ModelPlan, RuleTree } from '@assay/contracts';
import type { Rng } from '@assay/quant';
import { documentOf, feature } from './documents';

/** Columns that know nothing of the market, by what they keep from bar to bar. */
const MEMORIES = [0, 0, 0.5, 0.5, 0.9, 0.9, 0.95, 0.95, 0.98, 0.98, 0.99, 0.99] as const;

/** AR(1) with unit variance, from its stationary distribution. */
export function autoregressive(rng: Rng, n: number, phi: number): Float64Array {
  const innovation = Math.sqrt(1 - phi * phi);
  let value = rng.normal();
  return Float64Array.from({ length: n }, () => {
    const now = value;
    value = phi * value + innovation * rng.normal();
    return now;
  });
}

const columnName = (i: number): string => `noise_${i}`;

/** Random columns of bars. */
export const noiseColumns = (rng: Rng, n: number): Record<string, Float64Array> =>
  Object.fromEntries(MEMORIES.map((phi, i) => [columnName(i), autoregressive(rng, n, phi)]));

const REFIT = { every: 252, min_train: 252 };
/** What the kinds take beside the penalty. */
const PARAMS = { logistic: { max_iterations: 50, tolerance: 1e-8 }, ridge: {} } as const;
const HORIZONS = [1, 5] as const;

/** Logistic regression on the sign of the next returns, or ridge regression on their size. */
export function planOf(
  inputs: readonly FeatureSpec[],
  kind: 'logistic' | 'ridge',
  horizon: number,
  l2: number,
): ModelPlan {
  const label = { kind: kind === 'logistic' ? 'forward_return_sign' : 'forward_return', horizon } as const;
  return {
    pin: null,
    kind,
    inputs: inputs.map(({ name }) => name),
    label,
    params: { ...PARAMS[kind], l2 },
    seed: 1,
    refit: REFIT,
  };
}

/** Long above the upper level, out or short below the lower one, as before between the two. */
export const bandOf = (middle: number, width: number): RuleTree => ({
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: middle + width }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'prediction', operator: '<', value: middle - width }] },
  ],
});

/** Levels around what a model says that knows nothing, in units of what it moves by. */
const LEVELS = [0, 0.25, -0.25, 0.5, -0.5] as const;
/** So much a prediction of noise moves: of a chance, and of a return. */
const MOVES = { logistic: 0.02, ridge: 0.0004 } as const;

/** Different models, each fitted anew in every fold. */
function randomPlans(rng: Rng, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const columns = rng.shuffle([...MEMORIES.keys()]).slice(0, 2 + rng.int(3));
    const features = columns.map((c) => feature(columnName(c), 'column', { column: columnName(c) }));
    const kind = i % 2 === 0 ? 'logistic' : 'ridge';
    const horizon = HORIZONS[rng.int(HORIZONS.length)];
    return { features, model: planOf(features, kind, horizon, 10 ** (rng.int(5) - 2)), kind } as const;
  });
}

/** So many models on random columns: `plans` different ones first, then each at other levels of its prediction, long only and long or short. */
export function randomModels(rng: Rng, plans: number, count: number) {
  const fitted = randomPlans(rng, Math.min(plans, count));
  return Array.from({ length: count }, (_, i) => {
    const { features, model, kind } = fitted[i % fitted.length];
    const [plan, cell] = [i % fitted.length, Math.floor(i / fitted.length)];
    const level = LEVELS[(Math.floor(plan / 4) + Math.floor(cell / 2)) % LEVELS.length] * MOVES[kind];
    const isLongShort = (Math.floor(plan / 2) + cell) % 2 === 1;
    const middle = kind === 'logistic' ? 0.5 : 0;
    return documentOf({
      features: [...features],
      model,
      ruleTree: bandOf(middle + level, 0),
      isLongShort,
    });
  });
}
