import { afterCommit } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import type { EndedShard, JobRow, NewShard } from './job-handler';
import { JobQueue } from './job-queue';

/** Most that the progress of a waiting job shows: its own end is still to come. */
const MOST_WAITING = 0.99;

/** What a waiting job becomes, by the states of its shards; null while some are open. */
const NEXT_STATE = `CASE WHEN bool_or(state = 'failed') THEN 'failed' WHEN bool_and(state = 'completed') THEN 'queued' END`;
/** A job that waits for shards is `running` and held by no worker. */
const WAITING = `state = 'running' AND claimed_by IS NULL AND shards > 0`;

/**
 * Jobs that go on in shard jobs. What a waiting job becomes follows from the rows of its shards alone, so every step may be repeated
 * by anybody: the worker that ends a shard does it at once, the sweeper makes good what a lost worker left.
 */
@Injectable()
export class JobShards {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Gives the job out of the worker's hands until all its shards have ended, and starts `added`, in one transaction.
   *
   * @param added may be empty when shards are open
   * @returns false when the job is canceled or the lease was lost: then nothing is started
   */
  async wait(row: JobRow, worker: string, added: readonly NewShard[]): Promise<boolean> {
    return this.dataSource.transaction(async (em) => {
      const [parents] = (await em.query(
        `UPDATE ops.job SET claimed_by = NULL, lease_until = NULL, failures = 0, outages = 0, losses = 0,
           shards = shards + $4
         WHERE id = $1 AND claimed_by = $2 AND execution = $3 AND state = 'running' AND NOT cancel_requested
         RETURNING shards`,
        [row.id, worker, row.execution, added.length],
      )) as [{ shards: number }[], number];
      const [parent] = parents;
      if (!parent) return false;
      await this.insert(em, row.id, parent.shards - added.length, added);
      // They may all have ended before the job began to wait.
      if (added.length === 0) afterCommit(em, () => this.settle(row.service, row.id));
      return true;
    });
  }

  private async insert(em: EntityManager, parentId: string, first: number, added: readonly NewShard[]): Promise<void> {
    if (added.length === 0) return;
    const ids = added.map(() => newId());
    await em.query(
      `INSERT INTO ops.job (id, service, kind, owner_id, subject_id, about, correlation_id, payload, parent_id, shard, weight)
       SELECT u.id, p.service, u.kind, p.owner_id, p.subject_id, p.about, p.correlation_id, u.payload::jsonb, p.id,
         $2::integer + u.n::integer - 1, u.weight
       FROM unnest($3::uuid[], $4::text[], $5::text[], $6::float8[]) WITH ORDINALITY AS u (id, kind, payload, weight, n),
         ops.job p
       WHERE p.id = $1`,
      [
        parentId,
        first,
        ids,
        added.map(({ kind }) => kind),
        added.map(({ payload }) => JSON.stringify(payload ?? {})),
        added.map(({ weight }) => weight),
      ],
    );
    afterCommit(em, async () => {
      for (const id of ids) await this.queue.wake(id, 0);
    });
  }

  /** Shards of the job in their order, and whether all have completed. */
  async ended(row: JobRow): Promise<{ complete: boolean; shards: (EndedShard & { kind: string })[] }> {
    if (row.shards === 0) return { complete: true, shards: [] };
    const rows: (EndedShard & { state: string; kind: string })[] = await this.dataSource.query(
      `SELECT kind, state, payload, result FROM ops.job WHERE parent_id = $1 ORDER BY shard`,
      [row.id],
    );
    const complete = rows.every(({ state }) => state === 'completed');
    return { complete, shards: rows.map(({ kind, payload, result }) => ({ kind, payload, result })) };
  }

  /** The progress of the waiting job: that of its shards by their weights. Never falls: of two who look at the same time the later view stays. */
  async rollUp(parentId: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.job p SET progress = least($2, s.progress),
         message = format('%s of %s shards done', s.done, s.total)
       FROM (SELECT sum(weight * progress) AS progress, count(*) FILTER (WHERE state = 'completed') AS done,
               count(*) AS total FROM ops.job WHERE parent_id = $1) s
       WHERE p.id = $1 AND p.state = 'running' AND p.claimed_by IS NULL AND p.progress <= least($2, s.progress)`,
      [parentId, MOST_WAITING],
    );
  }

  /**
   * Moves waiting jobs on: due again when every shard has completed, failed with the reason of the first failed shard; then open shards
   * are canceled. A shard that was canceled while its job goes on (the job was retried meanwhile) is due again.
   *
   * @param parentId default: every waiting job of the service
   */
  async settle(service: string, parentId?: string): Promise<void> {
    await this.dataSource.transaction(async (em) => {
      // Locked before its shards are looked at, as a cancel and a retry do: what is decided here cannot be out of date when it is written.
      const waiting: { id: string }[] = await em.query(
        `SELECT id FROM ops.job WHERE service = $1 AND ${WAITING} AND ($2::uuid IS NULL OR id = $2) ORDER BY id FOR UPDATE`,
        [service, parentId ?? null],
      );
      if (waiting.length === 0) return;
      const ids = waiting.map(({ id }) => id);
      const [again] = (await em.query(
        `UPDATE ops.job SET state = 'queued', cancel_requested = false, execution = execution + 1, failures = 0,
           outages = 0, losses = 0, run_after = now(), finished_at = NULL
         WHERE parent_id = ANY($1::uuid[]) AND state = 'canceled' RETURNING id, execution`,
        [ids],
      )) as [Moved[], number];
      const [moved] = (await em.query(
        // A job whose shards are done goes before what was submitted after it.
        `UPDATE ops.job p SET state = s.next, error = s.error, run_after = p.created_at,
           finished_at = CASE WHEN s.next = 'failed' THEN now() END
         FROM (SELECT parent_id, ${NEXT_STATE} AS next,
                 (array_agg(error ORDER BY shard) FILTER (WHERE state = 'failed'))[1] AS error
               FROM ops.job WHERE parent_id = ANY($1::uuid[]) GROUP BY parent_id) s
         WHERE p.id = s.parent_id AND s.next IS NOT NULL
         RETURNING p.id, p.execution, p.state`,
        [ids],
      )) as [(Moved & { state: string })[], number];
      const failed = moved.filter(({ state }) => state === 'failed').map(({ id }) => id);
      if (failed.length > 0) await this.cancelOf(em, failed);
      const due = [...again, ...moved.filter(({ state }) => state === 'queued')];
      afterCommit(em, async () => {
        for (const { id, execution } of due) await this.queue.wake(id, execution);
      });
    });
  }

  /** Cancels the open shards of jobs: queued ones at once, running ones as soon as they can stop. */
  async cancelOf(em: EntityManager, parentIds: string[]): Promise<void> {
    await em.query(
      `UPDATE ops.job SET cancel_requested = true,
         state = CASE WHEN state = 'queued' THEN 'canceled' ELSE state END,
         finished_at = CASE WHEN state = 'queued' THEN now() END
       WHERE parent_id = ANY($1::uuid[]) AND state IN ('queued', 'running')`,
      [parentIds],
    );
  }

  /** Makes the shards of a job that did not complete due again. @returns how many are open then */
  async retryOf(em: EntityManager, parentId: string): Promise<number> {
    const [again] = (await em.query(
      `UPDATE ops.job SET state = 'queued', cancel_requested = false, error = NULL, message = NULL, progress = 0,
         execution = execution + 1, failures = 0, outages = 0, losses = 0, run_after = now(), started_at = NULL,
         finished_at = NULL
       WHERE parent_id = $1 AND state IN ('failed', 'canceled') RETURNING id, execution`,
      [parentId],
    )) as [Moved[], number];
    afterCommit(em, async () => {
      for (const { id, execution } of again) await this.queue.wake(id, execution);
    });
    const [{ open }] = (await em.query(
      `SELECT count(*)::int AS open FROM ops.job WHERE parent_id = $1 AND state IN ('queued', 'running')`,
      [parentId],
    )) as [{ open: number }];
    return open;
  }
}

interface Moved {
  id: string;
  execution: number;
}
