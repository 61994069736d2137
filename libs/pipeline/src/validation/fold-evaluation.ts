import type { ModelPlan } from '@assay/contracts';
import { predictRange, type BatchEvaluation } from '@assay/domain';
import type { FillRule } from '@assay/quant';
import type { TradedTargets } from '../backtest';
import {
  backtestPredictions,
  evaluatePrepared,
  isRefitted,
  sharedFit,
  type PreparedStrategy,
  type TrainingRows,
} from '../evaluator';
import { modelRuntime, readInputs, rowsIn, type BarRange } from '../models';

/**
 * Evaluations of one fold: a model is fitted on the train ranges only and predicts the asked blocks; bars outside have no
 * prediction, so a block starts without a target. Rules without a model, and those of a model that was trained elsewhere, are fixed, and
 * their one evaluation, warm from the whole history, serves every fold.
 */
export class FoldEvaluator {
  private readonly fixed: BatchEvaluation | null;

  constructor(
    private readonly prepared: PreparedStrategy,
    private readonly rows: TrainingRows | null,
    private readonly fill: FillRule,
    /** Of a model that was trained elsewhere; any other is fitted in the fold. */
    artifact: Uint8Array | null = null,
  ) {
    this.fixed = isRefitted(prepared)
      ? null
      : evaluatePrepared(prepared, backtestPredictions(prepared, artifact), fill);
  }

  /** Targets over all bars for each set of blocks, from one fit; only those inside its blocks count. All zero when the train rows determine no model. */
  targetsOf(train: readonly BarRange[], sets: readonly (readonly BarRange[])[]): TradedTargets[] {
    return this.fixed ? sets.map(() => this.fixed!) : this.fitted(train, sets);
  }

  /** The inputs that the fit on the train ranges has chosen; undefined where none are chosen, or the rows determine no model. */
  selectedInputs(train: readonly BarRange[]): string[] | undefined {
    const { plan } = this.prepared;
    if (this.fixed || plan?.training?.selection === undefined) return undefined;
    const { content } = this.fitOn(plan, train);
    return content === null ? undefined : [...readInputs(plan.inputs, content)];
  }

  private fitOn(plan: ModelPlan, train: readonly BarRange[]) {
    const subset = `in ${JSON.stringify(train)}`;
    const { key, fit } = sharedFit(this.prepared, plan, this.rows!);
    return { key, subset, content: fit(subset, () => rowsIn(this.rows!.set, train)) };
  }

  private fitted(train: readonly BarRange[], sets: readonly (readonly BarRange[])[]): TradedTargets[] {
    const { prepared } = this;
    const { rowSource, memo } = prepared;
    const plan = prepared.plan!;
    const n = prepared.bars.close.length;
    const { key, subset, content: fitted } = this.fitOn(plan, train);
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
