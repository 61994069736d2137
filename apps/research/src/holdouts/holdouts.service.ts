import type { HoldoutLookPayload } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { addAudit, Jobs, type JobRow } from '@assay/platform';
import { dateOrTime, invalidField, notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { assertComplete } from '../recipes/recipe-document';
import { holdoutLocked } from '../records/holdouts/holdout-locked';
import type { HoldoutEntity, HoldoutLook } from '../records/holdouts/holdout.entity';
import { type HoldoutDto, holdoutView } from '../records/holdouts/holdout.response';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import type { LockHoldoutDto } from './holdout.request';
import { LookInputs } from './look-inputs';

/** Locks final periods, and binds the one look at each to what it is of. */
@Injectable()
export class HoldoutsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly holdouts: HoldoutStore,
    private readonly ledger: TrialLedger,
    private readonly strategies: StrategyStore,
    private readonly inputs: LookInputs,
  ) {}

  async list(ownerId: string, strategyId: string): Promise<HoldoutDto[]> {
    const em = this.db.manager;
    const { lineageId } = await this.strategies.find(em, ownerId, strategyId);
    return (await this.holdouts.ofLineage(em, ownerId, lineageId)).map(holdoutView);
  }

  /**
   * The same again answers the one that is there.
   * @throws DomainError `validation_failed` for a time that is not after every bar that was scored, 409: `holdout_locked` while another
   * one is open on a symbol, `illegal_transition` for a promoted lineage, `not_ready` while a run of the owner is reading bars
   */
  lock(ownerId: string, strategyId: string, { from, reason }: LockHoldoutDto): Promise<HoldoutDto> {
    const fromMs = dateOrTime('from', from);
    return this.tx.run(async (em) => {
      await this.holdouts.hold(em, ownerId, 'write');
      const { strategy, revision } = await this.strategies.at(em, ownerId, strategyId);
      const symbols = [...new Set(revision.recipe.universe)].sort();
      if (symbols.length === 0) throw refuse('not_ready', 'a strategy must have symbols to lock bars of, has none');
      const open = await this.holdouts.openOn(em, ownerId, symbols);
      if (open) {
        const isSame = open.lineageId === strategy.lineageId && open.fromAt.getTime() === fromMs;
        if (isSame && open.symbols.join() === symbols.join()) return holdoutView(open);
        throw holdoutLocked(open);
      }
      await this.assertUntouched(em, ownerId, strategy.lineageId, symbols, from, fromMs);
      const row: HoldoutEntity = {
        ...{ id: newId(), ownerId, lineageId: strategy.lineageId, strategyId, symbols, reason: reason ?? null },
        ...{ fromAt: new Date(fromMs), lockedAt: new Date(), look: null, result: null, recordedAt: null },
      };
      await this.holdouts.insert(em, row);
      await addAudit(em, ownerId, 'holdout.locked', strategyId, {
        holdout_id: row.id,
        symbols,
        from: row.fromAt.toISOString(),
      });
      return holdoutView(row);
    });
  }

  private async assertUntouched(
    em: EntityManager,
    ownerId: string,
    lineageId: string,
    symbols: string[],
    from: string,
    fromMs: number,
  ): Promise<void> {
    const promoted = await this.strategies.promotedOf(em, ownerId, lineageId);
    if (promoted !== null) {
      const message = `a holdout is locked before anything of the lineage is promoted, strategy ${promoted} is: demote it first`;
      throw refuse('illegal_transition', message, { strategy_id: promoted });
    }
    const job = await this.holdouts.readingJob(em, ownerId);
    if (job) {
      const message = `no run may be reading bars while a holdout is locked, ${job.kind} ${job.id} is: wait for its end`;
      throw refuse('not_ready', message, { job_id: job.id });
    }
    const [scored, read] = [
      await this.ledger.lastScored(em, ownerId, symbols),
      (await this.holdouts.lastRead(em, ownerId, symbols))?.getTime(),
    ];
    const last = Math.max(scored ?? -Infinity, read ?? -Infinity);
    if (last < fromMs) return;
    const seen = new Date(last).toISOString();
    const message = `from must be after ${seen}, the last bar of ${symbols.join(', ')} that a run of yours has read, was ${from}`;
    throw invalidField('from', 'unseen', from, message);
  }

  /**
   * Binds the one look to a revision and its bars, and starts it; the same again answers the same job, and starts it anew where it
   * ended without a result.
   * @throws DomainError `not_found` without a holdout, 409: `holdout_spent` for another revision than the look is of, `not_ready` for a draft;
   * `insufficient_data` for too few bars
   */
  async look(ownerId: string, strategyId: string, number?: number): Promise<JobRow> {
    const em = this.db.manager;
    const current = await this.strategies.at(em, ownerId, strategyId, number);
    const { strategy, revision } = current;
    const [newest] = await this.holdouts.ofLineage(em, ownerId, strategy.lineageId);
    if (!newest) throw notFound('holdout of strategy', strategyId);
    const before = await this.assertBound(newest, current);
    if (before) return before;
    assertComplete(revision.recipe);
    if (revision.status === 'draft')
      throw refuse('not_ready', 'a revision must have a completed backtest before the one look, has none', {
        status: 'draft',
      });
    const data = await this.inputs.pin(newest, revision);
    return this.tx.run(async (manager) => {
      await this.holdouts.hold(manager, ownerId, 'write');
      const row = await this.holdouts.require(manager, ownerId, newest.id);
      const meanwhile = await this.assertBound(row, current);
      if (meanwhile) return meanwhile;
      const payload: HoldoutLookPayload = { holdout_id: row.id };
      const job = await this.jobs.submit(manager, {
        ...{ kind: 'holdout.look', ownerId, payload, subjectId: row.id, about: strategy.name, dedupeKey: row.id },
      });
      const look: HoldoutLook = {
        ...{ strategy_id: strategyId, revision: revision.revision, config_hash: revision.configHash },
        ...{ artifact_sha256: revision.artifact?.sha256 ?? null, data, job_id: job.id, at: new Date().toISOString() },
      };
      await this.holdouts.saveLook(manager, row.id, look);
      const facts = { holdout_id: row.id, revision: revision.revision, config_hash: revision.configHash };
      await addAudit(manager, ownerId, 'holdout.look', strategyId, facts);
      return job;
    });
  }

  /** The job of a look that was asked for; null where none was, or it ended without a result. @throws DomainError 409 `holdout_spent` */
  private async assertBound(
    { id, look, recordedAt }: HoldoutEntity,
    { strategy, revision }: StrategyWithRevision,
  ): Promise<JobRow | null> {
    if (!look) return null;
    const artifact = revision.artifact?.sha256 ?? null;
    const isSame =
      look.strategy_id === strategy.id && look.revision === revision.revision && look.artifact_sha256 === artifact;
    if (!isSame) {
      const message = `the one look is of revision ${look.revision} of strategy ${look.strategy_id} with its model as it was: another is never given`;
      throw refuse('holdout_spent', message, {
        holdout_id: id,
        strategy_id: look.strategy_id,
        revision: look.revision,
      });
    }
    const job = (await this.jobs.byIds(this.db.manager, [look.job_id])).get(look.job_id);
    const isOver = job === undefined || ['failed', 'canceled'].includes(job.state);
    return isOver && recordedAt === null ? null : (job ?? null);
  }
}
