import type { ModelPlan, ParameterValues, TunedSet, TunedModel, TuneModelPayload } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { Transactions } from '@assay/persistence';
import { cellValues, gridSize, policyScoreFrom, sharpePerBar, strategyLookback } from '@assay/pipeline';
import { AwaitShards, JobHandler, type JobContext, type JobRunner, type ShardOf } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweep } from '../backtests/sweeps/sweep.job';
import { SweepInputs } from '../backtests/sweeps/sweep-inputs';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import { Compute } from '../runs/compute';
import { RunInputsLoader } from '../runs/run-inputs';
import { documentOf, trialHash } from '../recipes/recipe-document';
import { bestOf } from './best-set';
import { sweepOfTuning, tunedBySweep } from './tuning-sweep';

type Context = JobContext<TuneModelPayload, ShardOf<'model.tune'>>;

/**
 * Judges sets of hyper-parameters by CPCV; the trial of each is the path of median Sharpe. Where they are drawn or given up it is a sweep
 * of the parameters, by its shards, and waits for them without a worker.
 */
@JobHandler('model.tune')
@Injectable()
export class TuneModel implements JobRunner<TuneModelPayload, TunedModel> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly inputs: RunInputsLoader,
    private readonly compute: Compute,
    private readonly ledger: TrialLedger,
    private readonly sweeps: Sweep,
    private readonly swept: SweepInputs,
  ) {}

  async run(ctx: Context): Promise<TunedModel | AwaitShards> {
    const { payload } = ctx;
    const { search } = payload;
    return search === undefined ? this.every(ctx) : this.searched({ ...ctx, payload: { ...payload, search } });
  }

  private async searched(
    ctx: Context & { payload: Parameters<typeof sweepOfTuning>[0] },
  ): Promise<TunedModel | AwaitShards> {
    const payload = sweepOfTuning(ctx.payload);
    const ended = await this.sweeps.run({ ...ctx, payload });
    if (ended instanceof AwaitShards) return ended;
    const { recipe } = await this.swept.strategy(ctx.ownerId!, payload);
    return tunedBySweep(ctx.payload, ended, modelPlan(recipe.model!)!.refit);
  }

  private async every(ctx: Context): Promise<TunedModel> {
    const { payload } = ctx;
    const inputs = await this.inputs.load(this.db.manager, ctx.ownerId!, payload.strategy_id, payload.revision);
    const { strategy, revision, bars, options, pin } = inputs;
    const base = modelPlan(revision.recipe.model!)!;
    const from = policyScoreFrom(strategyLookback(inputs.document));
    const sets = setsOf(payload, base.refit);
    let done = 0;
    const tuned = await Promise.all(
      sets.map(async ({ values, refit }, index) => {
        const model: ModelPlan = { ...base, params: { ...base.params, ...values }, refit };
        const recipe = { ...revision.recipe, model };
        const identity = { strategyId: strategy.id, name: strategy.name, revision: revision.revision };
        const document = documentOf(recipe, pin.symbol, identity);
        const cpcv = await this.compute.run('cpcv', { document, bars, options }, { signal: ctx.signal });
        done += 1;
        await ctx.progress((0.9 * done) / sets.length, `${done} of ${sets.length} sets`);
        const { returns } = cpcv.paths[cpcv.medianPath]!;
        const row: TunedSet = {
          index,
          params: { ...values, refit },
          mean_oos_sharpe: cpcv.definedOos === cpcv.splits.length ? cpcv.meanOosSharpe : null,
          reasons: cpcv.reasons,
        };
        return { row, configHash: trialHash(recipe), returns };
      }),
    );
    const openTimeMs = bars.openTimeMs.slice(from);
    const trials = await this.tx.run(async (em) => {
      for (const { row, configHash, returns } of tuned) {
        const metrics = { mean_oos_sharpe: row.mean_oos_sharpe, sharpe_per_bar: sharpePerBar(returns) };
        await this.ledger.record(em, strategy, pin, ctx.jobId, {
          configHash,
          origin: 'tuning',
          params: row.params,
          metrics,
          openTimeMs,
          returns,
        });
      }
      return this.ledger.count(em, strategy.ownerId, strategy.lineageId);
    });
    const rows = tuned.map(({ row }) => row);
    return { sets: rows.length, trials, rows, best: bestOf(rows) };
  }
}

/** Every combination of the values and the refit schedules, the schedule changing fastest. */
function setsOf(
  { values, refit }: TuneModelPayload,
  own: ModelPlan['refit'],
): { values: ParameterValues; refit: ModelPlan['refit'] }[] {
  const names = Object.keys(values);
  const params = names.map((name) => ({ values: values[name]! }));
  return Array.from({ length: gridSize(params) }, (_, cell) => cellValues(params, cell)).flatMap((chosen) =>
    (refit ?? [own]).map((schedule) => ({
      values: Object.fromEntries(names.map((name, p) => [name, chosen[p]!])),
      refit: schedule,
    })),
  );
}
