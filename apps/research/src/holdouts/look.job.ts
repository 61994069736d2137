import type { HoldoutLookPayload, LookedAtHoldout } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { hashOf } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HoldoutEntity, HoldoutResult } from '../records/holdouts/holdout.entity';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { columnHash } from '../records/trials/return-series';
import { Compute } from '../runs/compute';
import { LookInputs, type Looked } from './look-inputs';
import { LookJudgement } from './look-judgement';

interface Scored {
  openTimeMs: Float64Array;
  scored: readonly [number, number];
  returns: Float64Array;
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  buyHoldMetrics: Record<string, number | null>;
  trades: number;
  periodsPerYear: number;
}

/** The one look: a backtest of what it is bound to, scored on the locked bars alone, whose first result is kept. */
@JobHandler('holdout.look')
@Injectable()
export class LookAtHoldout implements JobRunner<HoldoutLookPayload, LookedAtHoldout> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly holdouts: HoldoutStore,
    private readonly inputs: LookInputs,
    private readonly compute: Compute,
    private readonly judgement: LookJudgement,
  ) {}

  async run(ctx: JobContext<HoldoutLookPayload>): Promise<LookedAtHoldout> {
    const row = await this.holdouts.require(this.db.manager, ctx.ownerId!, ctx.payload.holdout_id);
    const found = row.result ?? (await this.score(ctx, row));
    return this.tx.run(async (em) => {
      // of executions that end together the first is kept, and the others answer it
      const isFirst = await this.holdouts.record(em, row.id, found);
      const { look, result } = isFirst
        ? { ...row, result: found }
        : await this.holdouts.require(em, row.ownerId, row.id);
      const judged = await this.judgement.of(em, row, look!, result!);
      const { from, to, bars, sharpe, metrics, result_hash } = result!;
      const { strategy_id, revision } = look!;
      return { holdout_id: row.id, strategy_id, revision, from, to, bars, sharpe, metrics, result_hash, ...judged };
    });
  }

  private async score(ctx: JobContext<HoldoutLookPayload>, row: HoldoutEntity): Promise<HoldoutResult> {
    const inputs = await this.inputs.load(row.ownerId, row.look!);
    await ctx.progress(0.2, 'bars loaded');
    const { openTimeMs, scored, returns, ...found } = await this.evaluate(inputs, row.fromAt.toISOString(), ctx.signal);
    const time = (bar: number): string => new Date(openTimeMs[bar]!).toISOString();
    const { metrics, reasons, buyHoldMetrics, trades, periodsPerYear } = found;
    const told = { from: time(scored[0]), to: time(scored[1] - 1), bars: scored[1] - scored[0], trades };
    return {
      ...told,
      sharpe: metrics.sharpe_ratio ?? null,
      ...{ metrics, reasons, buy_hold_metrics: buyHoldMetrics, periods_per_year: periodsPerYear },
      result_hash: hashOf({ ...told, returns: columnHash(returns) }),
    };
  }

  private async evaluate({ kind, of }: Looked, start: string, signal: AbortSignal): Promise<Scored> {
    if (kind === 'universe') {
      const { document, series, revision } = of;
      const options = { start, capital: revision.recipe.config.capital };
      const run = await this.compute.run('universeBacktest', { document, series, options }, { signal });
      return { ...run, trades: run.trades.length, periodsPerYear: run.options.periodsPerYear };
    }
    const { document, bars, artifact, options } = of;
    const run = await this.compute.run(
      'backtest',
      { document, bars, artifact, options: { ...options, start } },
      { signal },
    );
    return {
      ...run,
      openTimeMs: bars.openTimeMs,
      trades: run.trades.length,
      periodsPerYear: run.options.periodsPerYear,
    };
  }
}
