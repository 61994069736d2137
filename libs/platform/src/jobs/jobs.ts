import type { JobState } from '@assay/contracts';
import { afterCommit, currentOperation, JobEntity, newId } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { DataSource, LessThan } from 'typeorm';
import type { Principal } from '../auth/principal';
import { notFound, ProblemError } from '../problem';
import type { JobRow } from './job-handler';
import { JobQueue } from './job-queue';

export interface NewJob {
  service: 'research' | 'trade';
  kind: string;
  /** Null for the platform's own work. */
  ownerId: string | null;
  payload: unknown;
  /** What the job is about, e.g. the backtest's id. */
  subjectId?: string;
  /** While a job of this kind and key is open, submitting again returns that one. */
  dedupeKey?: string;
  /** Not before this time. */
  runAfter?: Date;
}

export interface JobFilter {
  state?: JobState;
  kind?: string;
  subject_id?: string;
  limit?: number;
  cursor?: string;
}

@Injectable()
export class Jobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  /** Writes the job in the transaction of `em` and wakes a worker after its commit. */
  async submit(em: EntityManager, job: NewJob): Promise<JobRow> {
    const id = newId();
    const inserted = (await em.query(
      `INSERT INTO ops.job (id, service, kind, owner_id, subject_id, dedupe_key, payload, correlation_id, run_after)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, now()))
       ON CONFLICT (service, kind, dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running') DO NOTHING
       RETURNING id`,
      [
        id,
        job.service,
        job.kind,
        job.ownerId,
        job.subjectId ?? null,
        job.dedupeKey ?? null,
        JSON.stringify(job.payload ?? {}),
        currentOperation()?.correlationId ?? null,
        job.runAfter ?? null,
      ],
    )) as unknown[];
    if (inserted.length === 0) {
      const { service, kind, dedupeKey } = job;
      const open = await em.findOne(JobEntity, { where: { service, kind, dedupeKey }, order: { id: 'DESC' } });
      if (!open) throw new Error(`job ${job.kind} of key ${job.dedupeKey} was neither inserted nor found`);
      return open;
    }
    const delayMs = job.runAfter ? Math.max(0, job.runAfter.getTime() - Date.now()) : 0;
    afterCommit(em, () => this.queue.wake(id, 0, delayMs));
    return em.findOneByOrFail(JobEntity, { id });
  }

  /** @throws ProblemError 404 when it does not exist or belongs to somebody else */
  async get(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.dataSource.manager.findOneBy(JobEntity, { id });
    const isSystemJob = row?.ownerId === null && principal.role === 'admin';
    if (!row || !(row.ownerId === principal.userId || isSystemJob)) throw notFound('job', id);
    return row;
  }

  /** The caller's jobs, newest first. */
  async list(principal: Principal, filter: JobFilter): Promise<{ items: JobRow[]; nextCursor: string | null }> {
    const { state, kind, subject_id: subjectId, cursor, limit = 50 } = filter;
    const where: FindOptionsWhere<JobRow> = {
      ownerId: principal.userId,
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(subjectId ? { subjectId } : {}),
      ...(cursor ? { id: LessThan(cursor) } : {}),
    };
    const rows = await this.dataSource.manager.find(JobEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
  }

  /** A queued job ends at once; a running one is asked to stop. */
  async cancel(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.get(id, principal);
    const [, count] = (await this.dataSource.query(
      `UPDATE ops.job SET cancel_requested = true,
         state = CASE WHEN state = 'queued' THEN 'canceled' ELSE state END,
         finished_at = CASE WHEN state = 'queued' THEN now() END
       WHERE id = $1 AND state IN ('queued', 'running')`,
      [row.id],
    )) as [unknown, number];
    if (count === 0) throw await this.illegal(id, principal, 'canceled', 'queued or running');
    return this.get(id, principal);
  }

  /** Runs a failed or canceled job again, with the same payload. */
  async retry(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.get(id, principal);
    const [, count] = (await this.dataSource.query(
      `UPDATE ops.job SET state = 'queued', cancel_requested = false, error = NULL, message = NULL, progress = 0,
         attempts = 0, run_after = now(), started_at = NULL, finished_at = NULL
       WHERE id = $1 AND state IN ('failed', 'canceled')`,
      [row.id],
    )) as [unknown, number];
    if (count === 0) throw await this.illegal(id, principal, 'retried', 'failed or canceled');
    void this.queue.wake(row.id, 0).catch(() => undefined);
    return this.get(id, principal);
  }

  private async illegal(id: string, principal: Principal, verb: string, needed: string): Promise<ProblemError> {
    const { state } = await this.get(id, principal);
    return new ProblemError('illegal_transition', `only a ${needed} job can be ${verb}, was ${state}`, { state });
  }
}
