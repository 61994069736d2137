import type { JobState, Problem } from '@assay/contracts';
import { JobEntity } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobRow, NewShard } from './job-handler';

export const LEASE_MS = 30_000;

export type Outcome =
  | { state: 'completed'; result: unknown }
  | { state: 'failed'; error: Problem }
  | { state: 'canceled' }
  | { state: 'queued'; delayMs: number; message: string };

export type Ending = Outcome | { state: 'waiting'; shards: readonly NewShard[] };

/** Claims, leases and ends of jobs, each one conditional UPDATE: of two workers one gets the row. */
@Injectable()
export class JobStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The named job if it is due, else undefined: done, taken by another worker, canceled, or not yet due. */
  claim(id: string, service: string, worker: string): Promise<JobRow | undefined> {
    return this.take(`id = $3 AND service = $4 AND state = 'queued' AND run_after <= now()`, worker, [id, service]);
  }

  /** The oldest job of the service that is due. */
  claimNext(service: string, worker: string): Promise<JobRow | undefined> {
    const due = `SELECT id FROM ops.job WHERE service = $3 AND state = 'queued' AND run_after <= now()
                 ORDER BY run_after, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
    return this.take(`id = (${due})`, worker, [service]);
  }

  private async take(condition: string, worker: string, values: unknown[]): Promise<JobRow | undefined> {
    const [rows] = (await this.dataSource.query(
      `UPDATE ops.job SET state = 'running', claimed_by = $1, lease_until = now() + $2 * interval '1 millisecond',
         attempts = attempts + 1, started_at = coalesce(started_at, now())
       WHERE ${condition} RETURNING id`,
      [worker, LEASE_MS, ...values],
    )) as [{ id: string }[], number];
    const [claimed] = rows;
    return claimed && ((await this.dataSource.manager.findOneBy(JobEntity, { id: claimed.id })) ?? undefined);
  }

  /** Extends the lease. `lost`: another worker has the job now. */
  async heartbeat(row: JobRow, worker: string): Promise<'held' | 'lost' | 'cancel'> {
    const [rows] = (await this.dataSource.query(
      `UPDATE ops.job SET lease_until = now() + $4 * interval '1 millisecond'
       WHERE id = $1 AND claimed_by = $2 AND attempts = $3 AND state = 'running' RETURNING cancel_requested`,
      [row.id, worker, row.attempts, LEASE_MS],
    )) as [{ cancel_requested: boolean }[], number];
    const [held] = rows;
    if (!held) return 'lost';
    return held.cancel_requested ? 'cancel' : 'held';
  }

  async progress(row: JobRow, worker: string, fraction: number, message: string | undefined): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.job SET progress = greatest(progress, $4), message = coalesce($5, message)
       WHERE id = $1 AND claimed_by = $2 AND attempts = $3 AND state = 'running'`,
      [row.id, worker, row.attempts, fraction, message ?? null],
    );
  }

  /** @returns false when the lease was lost before: then the other worker's outcome counts */
  async finish(row: JobRow, worker: string, outcome: Outcome): Promise<boolean> {
    const done = outcome.state !== 'queued';
    const [, count] = (await this.dataSource.query(
      `UPDATE ops.job SET state = $4, claimed_by = NULL, lease_until = NULL,
         result = $5, error = $6, message = coalesce($7, message),
         progress = CASE WHEN $4 = 'completed' THEN 1 ELSE progress END,
         run_after = now() + $8 * interval '1 millisecond',
         finished_at = CASE WHEN $9 THEN now() END
       WHERE id = $1 AND claimed_by = $2 AND attempts = $3 AND state = 'running'`,
      [
        row.id,
        worker,
        row.attempts,
        outcome.state satisfies JobState,
        outcome.state === 'completed' ? JSON.stringify(outcome.result ?? null) : null,
        outcome.state === 'failed' ? JSON.stringify(outcome.error) : null,
        outcome.state === 'queued' ? outcome.message : null,
        outcome.state === 'queued' ? outcome.delayMs : 0,
        done,
      ],
    )) as [unknown, number];
    return count > 0;
  }

  /**
   * Puts jobs back whose worker has gone silent.
   *
   * @param maxAttempts after so many runs a job that keeps killing its worker is failed
   */
  async releaseLost(service: string, maxAttempts: number, error: Problem): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.job SET
         state = CASE WHEN cancel_requested THEN 'canceled' WHEN attempts - phase_attempts >= $2 THEN 'failed' ELSE 'queued' END,
         error = CASE WHEN NOT cancel_requested AND attempts - phase_attempts >= $2 THEN $3::jsonb END,
         finished_at = CASE WHEN cancel_requested OR attempts - phase_attempts >= $2 THEN now() END,
         claimed_by = NULL, lease_until = NULL, run_after = now()
       WHERE service = $1 AND state = 'running' AND lease_until < now()`,
      [service, maxAttempts, JSON.stringify(error)],
    );
  }

  /** Jobs that have been due for a while, which means that their wake-up may be lost. */
  async overdue(service: string, limit: number): Promise<{ id: string; attempts: number }[]> {
    return this.dataSource.query(
      `SELECT id, attempts FROM ops.job WHERE service = $1 AND state = 'queued' AND run_after < now() - interval '1 second'
       ORDER BY run_after LIMIT $2`,
      [service, limit],
    );
  }
}
