import { predictRange, type BatchEvaluation } from '@assay/domain';
import type { FillRule } from '@assay/quant';
import type { TradedTargets } from '../backtest';
import { evaluatePrepared, sharedFit, type PreparedStrategy, type TrainingRows } from '../evaluator';
import { assertFitted, modelRuntime, rowsIn, type BarRange } from '../models';

/**
 * Evaluations of one fold: a model is fitted on the train ranges only and predicts the asked blocks; bars outside have no
 * prediction, so a block starts without a target. Without a model the rules are fixed and their one evaluation, warm from
 * the whole history, serves every fold.
 */
export class FoldEvaluator {
  private readonly fixed: BatchEvaluation | null;

  constructor(
    private readonly prepared: PreparedStrategy,
    private readonly rows: TrainingRows | null,
    private readonly fill: FillRule,
  ) {
    if (prepared.plan !== null) assertFitted(prepared.plan, 'a validation');
    this.fixed = prepared.plan === null ? evaluatePrepared(prepared, null, fill) : null;
  }

  /** Targets over all bars for each set of blocks, from one fit; only those inside its blocks count. All zero when the train rows determine no model. */
  targetsOf(train: readonly BarRange[], sets: readonly (readonly BarRange[])[]): TradedTargets[] {
    return this.fixed ? sets.map(() => this.fixed!) : this.fitted(train, sets);
  }

  private fitted(train: readonly BarRange[], sets: readonly (readonly BarRange[])[]): TradedTargets[] {
    const { prepared } = this;
    const { rowSource, memo } = prepared;
    const plan = prepared.plan!;
    const n = prepared.bars.close.length;
    const subset = `in ${JSON.stringify(train)}`;
    const { key, fit } = sharedFit(prepared, plan, this.rows!);
    const fitted = fit(subset, () => rowsIn(this.rows!.set, train));
    return sets.map((blocks) => {
      if (fitted === null) return { weights: new Float64Array(n) };
      const predict = (): Float64Array => {
        const values = new Float64Array(n).fill(NaN);
        const runtime = modelRuntime(plan, fitted);
        for (const block of blocks) predictRange(runtime, rowSource.features, block, values);
        return values;
      };
      const predicted = key === null ? null : `blocks ${JSON.stringify(blocks)} ${subset} ${key}`;
      const values = predicted === null ? predict() : memo.of(predicted, predict);
      const { weights, interventions } = evaluatePrepared(prepared, { values, key: predicted }, this.fill);
      return { weights, interventions };
    });
  }
}
