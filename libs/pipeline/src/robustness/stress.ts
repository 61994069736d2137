import type { StressDocument, StressRow, StressScenario } from '@assay/contracts';
import { createRng, delayed, METRIC_KEYS, METRICS, quantileOfSorted, withMissedFills, type Costs } from '@assay/quant';
import { backtestPrepared, scoreEvaluation, type BacktestInput } from '../backtest';
import { prepareStrategy } from '../evaluator';
import { hashOfColumn } from '../hash';
import { tradedTargets, wantedWeights, withTargets } from './wanted-weights';
import { worseCosts } from './worse-costs';

/** Of orders that are not filled, in the scenario of them. */
const MISSED = 0.05;
const MISSED_DRAWS = 200;
const LEAST_MISSED_DRAWS = 20;
/** Bars of all draws: each is scored with every metric. */
const MOST_MISSED_BARS = 2_000_000;

const FEES = { fees: 2, slippage: 1 };
const SLIPPAGE = { fees: 1, slippage: 3 };
const BOTH = { fees: 2, slippage: 3 };

/**
 * The run of a backtest under worse circumstances, each judged by every metric: twice the fees; three times slippage, spread and impact; every
 * decision one bar later; 5 % of the orders not filled and sent anew at the next close (drawn many times); costs and delay together. Stops,
 * targets and entry orders are evaluated anew on what is then held. Costs that are 0 stay 0.
 * @throws DomainError as `runBacktest`
 */
export function stressBacktest({ document, bars, artifact = null, options = {} }: BacktestInput): StressDocument {
  const prepared = prepareStrategy(document, bars);
  const run = backtestPrepared(prepared, artifact, options);
  const { evaluation, scored, options: resolved } = run;
  const { predictions: values } = evaluation;
  // those of the run: a model is not fitted anew for it
  const wanted = wantedWeights(prepared, prepared.plan && { values, key: null });
  const score = (weights: Float64Array, costs: Costs) =>
    scoreEvaluation(bars, withTargets(evaluation, tradedTargets(prepared, resolved.fill, weights)), scored, {
      ...resolved,
      costs,
    });
  const { costs } = resolved;
  const late = delayed(wanted);
  const seed = hashOfColumn(run.returns);
  const whole = (scenario: StressScenario, what: string, found: Pick<StressRow, 'metrics' | 'reasons'>): StressRow => ({
    ...{ scenario, what, metrics: found.metrics, reasons: found.reasons, draws: null, worst_5: null },
  });
  return {
    seed,
    items: [
      whole('as_run', 'as it was run', run),
      whole('fees_x2', 'fees twice as high', score(wanted, worseCosts(costs, FEES))),
      whole(
        'slippage_x3',
        'slippage, spread and impact three times as high',
        score(wanted, worseCosts(costs, SLIPPAGE)),
      ),
      whole('one_bar_late', 'every decision one bar later', score(late, costs)),
      missedFills(wanted, scored, seed, (weights) => score(weights, costs)),
      whole('all_costs_late', 'those costs and the delay together', score(late, worseCosts(costs, BOTH))),
    ],
  };
}

type Score = (weights: Float64Array) => Pick<StressRow, 'metrics' | 'reasons'>;

function missedFills(
  wanted: Float64Array,
  [from, to]: readonly [from: number, to: number],
  seed: string,
  score: Score,
): StressRow {
  const most = Math.floor(MOST_MISSED_BARS / Math.max(to - from, 1));
  const draws = Math.max(LEAST_MISSED_DRAWS, Math.min(MISSED_DRAWS, most));
  const rng = createRng(`${seed} missed fills`);
  const found = Array.from({ length: draws }, () => score(withMissedFills(wanted, MISSED, rng)));
  const metrics: StressRow['metrics'] = {};
  const worst: NonNullable<StressRow['worst_5']> = {};
  const reasons: StressRow['reasons'] = {};
  for (const key of METRIC_KEYS) {
    const values = Float64Array.from(found.flatMap((one) => one.metrics[key] ?? [])).sort();
    const { better } = METRICS[key];
    metrics[key] = values.length === 0 ? null : quantileOfSorted(values, 0.5);
    if (values.length === 0) reasons[key] = found[0]!.reasons[key] ?? '';
    if (better !== null)
      worst[key] = values.length === 0 ? null : quantileOfSorted(values, better === 'higher' ? 0.05 : 0.95);
  }
  const what = `${MISSED * 100} % of the orders not filled, sent anew at the next close; medians of the draws`;
  return { scenario: 'missed_fills', what, metrics, reasons, draws, worst_5: worst };
}
