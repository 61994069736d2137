import type { JobState, Problem } from '@assay/contracts';
import { storableText } from '@assay/contracts';
import { JobEntity } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobRow, NewShard } from './job-handler';
import { jobJson } from './job-json';

export const LEASE_MS = 30_000;

export type Outcome =
  | { state: 'completed'; result: unknown }
  | { state: 'failed'; error: Problem }
  | { state: 'canceled' }
  /** `counted`: what the run is counted as; an interruption by a shutdown is not counted. */
  | { state: 'queued'; delayMs: number; message: string; counted?: 'failures' | 'outages' };

export type Ending = Outcome | { state: 'waiting'; shards: readonly NewShard[] };

/**
 * Claims, leases and ends of jobs, each one conditional UPDATE: of two workers one gets the row. The execution in the condition keeps
 * what has lost the job, in this process too, from touching the execution that came after it.
 */
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
         attempts = attempts + 1, execution = execution + 1, started_at = coalesce(started_at, now())
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
       WHERE id = $1 AND claimed_by = $2 AND execution = $3 AND state = 'running' RETURNING cancel_requested`,
      [row.id, worker, row.execution, LEASE_MS],
    )) as [{ cancel_requested: boolean }[], number];
    const [held] = rows;
    if (!held) return 'lost';
    return held.cancel_requested ? 'cancel' : 'held';
  }

  async progress(row: JobRow, worker: string, fraction: number, message: string | undefined): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.job SET progress = greatest(progress, $4), message = coalesce($5, message)
       WHERE id = $1 AND claimed_by = $2 AND execution = $3 AND state = 'running'`,
      [row.id, worker, row.execution, fraction, message === undefined ? null : storableText(message)],
    );
  }

  /** @returns false when the lease was lost before: then the other worker's outcome counts */
  async finish(row: JobRow, worker: string, outcome: Outcome): Promise<boolean> {
    const done = outcome.state !== 'queued';
    const counted = outcome.state === 'queued' ? outcome.counted : undefined;
    const [, count] = (await this.dataSource.query(
      `UPDATE ops.job SET state = $4, claimed_by = NULL, lease_until = NULL,
         result = $5, error = $6, message = coalesce($7, message),
         progress = CASE WHEN $4 = 'completed' THEN 1 ELSE progress END,
         run_after = now() + $8 * interval '1 millisecond',
         failures = failures + $10, outages = outages + $11,
         finished_at = CASE WHEN $9 THEN now() END
       WHERE id = $1 AND claimed_by = $2 AND execution = $3 AND state = 'running'`,
      [
        row.id,
        worker,
        row.execution,
        outcome.state satisfies JobState,
        outcome.state === 'completed' ? jobJson(outcome.result ?? null) : null,
        outcome.state === 'failed' ? jobJson(outcome.error) : null,
        outcome.state === 'queued' ? storableText(outcome.message) : null,
        outcome.state === 'queued' ? outcome.delayMs : 0,
        done,
        counted === 'failures' ? 1 : 0,
        counted === 'outages' ? 1 : 0,
      ],
    )) as [unknown, number];
    return count > 0;
  }

  /**
   * Puts jobs back whose worker has gone silent.
   *
   * @param maxLosses after so many such runs a job that keeps killing its worker is failed
   */
  async releaseLost(service: string, maxLosses: number, error: Problem): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.job SET
         state = CASE WHEN cancel_requested THEN 'canceled' WHEN losses + 1 >= $2 THEN 'failed' ELSE 'queued' END,
         error = CASE WHEN NOT cancel_requested AND losses + 1 >= $2 THEN $3::jsonb END,
         finished_at = CASE WHEN cancel_requested OR losses + 1 >= $2 THEN now() END,
         losses = losses + 1, claimed_by = NULL, lease_until = NULL, run_after = now()
       WHERE service = $1 AND state = 'running' AND lease_until < now()`,
      [service, maxLosses, JSON.stringify(error)],
    );
  }

  /** Jobs that have been due for a while, which means that their wake-up may be lost. */
  async overdue(service: string, limit: number): Promise<{ id: string; execution: number }[]> {
    return this.dataSource.query(
      `SELECT id, execution FROM ops.job WHERE service = $1 AND state = 'queued' AND run_after < now() - interval '1 second'
       ORDER BY run_after LIMIT $2`,
      [service, limit],
    );
  }
}
