import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { RowPage } from '../../listing/time-page';
import type { SpanQuery } from '../deployment-page';
import { deploymentPage } from '../deployment-page';
import { EvaluatorStateEntity } from './evaluator-state.entity';
import { restingOf, type RestingState } from './resting-order';
import { RunEntity } from './run.entity';

/** Evaluations of bar closes, and the evaluator's state after the newest bar. */
@Injectable()
export class RunStore {
  /** The run of a bar close; null when it was evaluated already. `said`: an earlier run found its bars missing and the log says so. */
  async claim(
    em: EntityManager,
    deploymentId: string,
    barCloseTime: Date,
    trigger: RunEntity['trigger'],
    startedAt: Date,
  ): Promise<{ runId: string; said: boolean } | null> {
    const [made] = await em.query<{ run_id: string }[]>(
      `INSERT INTO trade.run (run_id, deployment_id, bar_close_time, trigger, state, started_at)
       VALUES ($1, $2, $3, $4, 'waiting_for_bars', $5) ON CONFLICT (deployment_id, bar_close_time) DO NOTHING RETURNING run_id`,
      [newId(), deploymentId, barCloseTime, trigger, startedAt],
    );
    if (made) return { runId: made.run_id, said: false };
    const known = await em.findOneByOrFail(RunEntity, { deploymentId, barCloseTime });
    return known.state === 'waiting_for_bars' ? { runId: known.runId, said: known.outcome !== null } : null;
  }

  async set(em: EntityManager, runId: string, set: Partial<RunEntity>): Promise<void> {
    await em.update(RunEntity, { runId }, set);
  }

  /** A close that waits or was missed has been evaluated late; with `isDue` also one that has no run yet. */
  async catchUp(
    em: EntityManager,
    close: { deploymentId: string; barCloseTime: Date; isDue: boolean },
    reason: string,
    now: Date,
  ): Promise<void> {
    const { deploymentId, barCloseTime, isDue } = close;
    await em.query(
      isDue
        ? `INSERT INTO trade.run AS r (run_id, deployment_id, bar_close_time, trigger, state, outcome, reason, started_at, finished_at)
           VALUES ($4, $1, $2, 'bar', 'caught_up', 'caught_up', $3, $5, $5)
           ON CONFLICT (deployment_id, bar_close_time) DO UPDATE
           SET state = 'caught_up', outcome = 'caught_up', reason = $3, finished_at = $5
           WHERE r.state IN ('waiting_for_bars', 'missed')`
        : `UPDATE trade.run SET state = 'caught_up', outcome = 'caught_up', reason = $3, finished_at = $4
           WHERE deployment_id = $1 AND bar_close_time = $2 AND state IN ('waiting_for_bars', 'missed')`,
      [deploymentId, barCloseTime, reason, ...(isDue ? [newId(), now] : [now])],
    );
  }

  /** Ends runs that wait for their bar, of the deployment's closes before `closedBefore`. */
  async miss(
    em: EntityManager,
    deploymentId: string,
    reason: string,
    finishedAt: Date,
    closedBefore: Date,
  ): Promise<void> {
    await em.query(
      `UPDATE trade.run SET state = 'missed', outcome = 'missed', finished_at = $3, reason = concat_ws('; ', reason, $2::text)
       WHERE deployment_id = $1 AND bar_close_time < $4 AND state = 'waiting_for_bars'`,
      [deploymentId, reason, finishedAt, closedBefore],
    );
  }

  /** Ends runs that wait for their bar, of deployments that are stopped. */
  async missStopped(em: EntityManager, reason: string, finishedAt: Date): Promise<void> {
    await em.query(
      `UPDATE trade.run r SET state = 'missed', outcome = 'missed', finished_at = $2, reason = concat_ws('; ', r.reason, $1::text)
       FROM trade.deployment d
       WHERE d.deployment_id = r.deployment_id AND d.status = 'stopped' AND r.state = 'waiting_for_bars'`,
      [reason, finishedAt],
    );
  }

  isWaiting(em: EntityManager, deploymentId: string, barCloseTime: Date): Promise<boolean> {
    return em.existsBy(RunEntity, { deploymentId, barCloseTime, state: 'waiting_for_bars' });
  }

  /** The newest close that was evaluated in time. */
  async newestDone(em: EntityManager, deploymentId: string): Promise<Date | null> {
    const where = { deploymentId, state: 'done' as const };
    const [newest] = await em.find(RunEntity, { where, order: { barCloseTime: 'DESC' }, take: 1 });
    return newest?.barCloseTime ?? null;
  }

  page(em: EntityManager, deploymentId: string, query: SpanQuery): Promise<RowPage<RunEntity>> {
    return deploymentPage(em, RunEntity, { time: 'barCloseTime', id: 'runId' }, deploymentId, query);
  }

  state(em: EntityManager, deploymentId: string): Promise<EvaluatorStateEntity | null> {
    return em.findOneBy(EvaluatorStateEntity, { deploymentId });
  }

  /** What rests after the newest evaluated bar of deployments, of those that have an entry order. */
  async resting(em: EntityManager, deploymentIds: readonly string[]): Promise<RestingState[]> {
    const rows = await em.find(EvaluatorStateEntity, {
      select: { deploymentId: true, lastBar: true, levels: true },
      where: { deploymentId: In([...deploymentIds]) },
    });
    return rows.filter((row) => restingOf(row) !== null);
  }

  /** Takes the entry order away until the next close decides anew; what protects a position that it has entered stays. */
  async dropResting(em: EntityManager, deploymentId: string): Promise<void> {
    await em.query(
      `UPDATE trade.evaluator_state SET levels = levels - 'resting' WHERE deployment_id = $1 AND levels ? 'resting'`,
      [deploymentId],
    );
  }

  async keepState(em: EntityManager, row: EvaluatorStateEntity): Promise<void> {
    await em.upsert(EvaluatorStateEntity, row, ['deploymentId']);
  }
}
