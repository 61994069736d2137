import { type JobKind, type JobPayload, type JobService, jobDocuments, jobServiceOf } from '@assay/contracts';
import type { JobState } from '@assay/contracts';
import { afterCommit, currentOperation, JobEntity } from '@assay/persistence';
import { DomainError, notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { DataSource, In, IsNull, LessThan } from 'typeorm';
import type { Principal } from '../auth/principal';
import { hasScope, type Scope } from '../auth/scopes';
import { SHOWN_COLUMNS, type JobRow, type ShownJob } from './job-handler';
import { JobQueue } from './job-queue';
import { JobShards } from './job-shards';

export interface NewJob<K extends JobKind = JobKind> {
  kind: K;
  /** Null for the platform's own work. */
  ownerId: string | null;
  payload: JobPayload<K>;
  /** What the job is about, e.g. the backtest's id. */
  subjectId?: string;
  /** The same in words for people who look at a list: the strategy's name, the series. */
  about?: string;
  /** While a job of this kind and key is open, submitting again returns that one. */
  dedupeKey?: string;
  /** Not before this time. */
  runAfter?: Date;
}

/** A job as a row says it, such as one of a schedule: kind and payload were checked where the row was written. */
export type StoredJob = Omit<NewJob, 'kind' | 'payload'> & { service: JobService; kind: string; payload: unknown };

export interface JobFilter {
  state?: JobState;
  kind?: string;
  subject_id?: string;
  /** Shards of this job, in place of whole jobs. */
  parent_id?: string;
  limit?: number;
  cursor?: string;
}

/** Kinds whose payload says whether stored bars may be corrected. */
const MAY_CORRECT: ReadonlySet<string> = new Set<JobKind>(['data.import', 'data.import_file']);

@Injectable()
export class Jobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly shards: JobShards,
  ) {}

  /** Writes the job in the transaction of `em` and wakes a worker after its commit. */
  submit<K extends JobKind>(em: EntityManager, job: NewJob<K>): Promise<JobRow> {
    return this.submitStored(em, { ...job, service: jobServiceOf(job.kind) });
  }

  async submitStored(em: EntityManager, job: StoredJob): Promise<JobRow> {
    const id = newId();
    const inserted = (await em.query(
      `INSERT INTO ops.job (id, service, kind, owner_id, subject_id, dedupe_key, payload, correlation_id, run_after, about)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, now()), $10)
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
        job.about ?? null,
      ],
    )) as unknown[];
    if (inserted.length === 0) {
      const { service, kind, dedupeKey } = job;
      // It may have ended in between; then it is the newest that was open a moment ago.
      const found =
        (await openJobOf(em, job)) ??
        (await em.findOne(JobEntity, { where: { service, kind, dedupeKey }, order: { id: 'DESC' } }));
      if (!found) throw new Error(`job ${job.kind} of key ${job.dedupeKey} was neither inserted nor found`);
      return found;
    }
    const delayMs = job.runAfter ? Math.max(0, job.runAfter.getTime() - Date.now()) : 0;
    afterCommit(em, () => this.queue.wake(id, 0, delayMs));
    return em.findOneByOrFail(JobEntity, { id });
  }

  /** @throws DomainError 404 when it does not exist or belongs to somebody else */
  async get(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.dataSource.manager.findOneBy(JobEntity, { id });
    if (!row || !mayRead(row, principal)) throw notFound('job', id);
    return row;
  }

  /** The caller's jobs, newest first, without their payloads and results. */
  async list(principal: Principal, filter: JobFilter): Promise<{ items: ShownJob[]; nextCursor: string | null }> {
    const { state, kind, subject_id: subjectId, parent_id: parentId, cursor, limit = 50 } = filter;
    const where: FindOptionsWhere<JobRow> = {
      ownerId: principal.userId,
      parentId: parentId ?? IsNull(),
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(subjectId ? { subjectId } : {}),
      ...(cursor ? { id: LessThan(cursor) } : {}),
    };
    const rows: ShownJob[] = await this.dataSource.manager.find(JobEntity, {
      select: SHOWN_COLUMNS,
      where,
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
  }

  /** Jobs by id, for documents that show what became of their own. */
  async byIds(em: EntityManager, ids: readonly string[]): Promise<Map<string, JobRow>> {
    const rows = ids.length === 0 ? [] : await em.findBy(JobEntity, { id: In([...ids]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The queued and running jobs of a kind. */
  async openOf<K extends JobKind>(kind: K): Promise<{ id: string; payload: JobPayload<K> }[]> {
    const where = { service: jobServiceOf(kind), kind, state: In(['queued', 'running']) };
    const rows = await this.dataSource.manager.find(JobEntity, { select: { id: true, payload: true }, where });
    return rows.map(({ id, payload }) => ({ id, payload: jobDocuments(kind).payload.parse(payload) }));
  }

  /** A queued job, and one that waits for its shards, ends at once; a running one is asked to stop. Its shards with it. */
  async cancel(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.whole(id, principal, 'canceled');
    const count = await this.dataSource.transaction(async (em) => {
      const [, changed] = (await em.query(
        `UPDATE ops.job SET cancel_requested = true,
           state = CASE WHEN claimed_by IS NULL THEN 'canceled' ELSE state END,
           finished_at = CASE WHEN claimed_by IS NULL THEN now() END
         WHERE id = $1 AND state IN ('queued', 'running')`,
        [row.id],
      )) as [unknown, number];
      await this.shards.cancelOf(em, [row.id]);
      return changed;
    });
    if (count === 0) throw await this.illegal(id, principal, 'canceled', 'queued or running');
    return this.get(id, principal);
  }

  /**
   * Runs a failed or canceled job again, with the same payload; of its shards those that did not complete.
   *
   * @throws DomainError 403 without the scopes that its payload was allowed with, 409 while another job of its kind and key is open
   */
  async retry(id: string, principal: Principal): Promise<JobRow> {
    const row = await this.whole(id, principal, 'retried');
    // Bars that a job may correct are corrected by nobody who may not.
    if (MAY_CORRECT.has(row.kind) && (row.payload as { may_correct?: boolean }).may_correct)
      demandScope(principal, 'data:correct');
    const again = this.dataSource.transaction(async (em) => {
      const [updated, changed] = (await em.query(
        `UPDATE ops.job SET state = 'queued', cancel_requested = false, error = NULL, message = NULL, progress = 0,
           attempts = 0, execution = execution + 1, failures = 0, outages = 0, losses = 0, run_after = now(),
           started_at = NULL, finished_at = NULL
         WHERE id = $1 AND state IN ('failed', 'canceled') RETURNING execution`,
        [row.id],
      )) as [{ execution: number }[], number];
      const [queued] = updated;
      if (!queued) return 0;
      if ((await this.shards.retryOf(em, row.id)) > 0) {
        await em.query(`UPDATE ops.job SET state = 'running', started_at = now() WHERE id = $1`, [row.id]);
      } else afterCommit(em, () => this.queue.wake(row.id, queued.execution));
      return changed;
    });
    const count = await again.catch(async (error: unknown) => {
      throw isTakenKey(error) ? await this.keyTaken(row, principal) : error;
    });
    if (count === 0) throw await this.illegal(id, principal, 'retried', 'failed or canceled');
    return this.get(id, principal);
  }

  /** @throws DomainError 403 without the scope that starts such a job, 409 for a shard, which goes with its job */
  private async whole(id: string, principal: Principal, verb: string): Promise<JobRow> {
    const row = await this.get(id, principal);
    demandScope(principal, (row.kind.startsWith('data.') ? 'data:write' : `${row.service}:write`) as Scope);
    if (row.parentId === null) return row;
    const message = `only a whole job can be ${verb}, ${id} is a shard of job ${row.parentId}`;
    throw new DomainError('illegal_transition', message, { state: row.state, parent_id: row.parentId });
  }

  private async keyTaken(row: JobRow, principal: Principal): Promise<DomainError> {
    const open = await openJobOf(this.dataSource.manager, row);
    // What belongs to another does not exist.
    const shown = open && mayRead(open, principal) ? open : undefined;
    const what = shown ? `job ${shown.id} is open` : 'another job is open';
    return new DomainError(
      'conflict',
      `${what} for the same work, so ${row.id} cannot run again now: wait for its end`,
      shown ? { open_job_id: shown.id } : {},
    );
  }

  private async illegal(id: string, principal: Principal, verb: string, needed: string): Promise<DomainError> {
    const { state } = await this.get(id, principal);
    return new DomainError('illegal_transition', `only a ${needed} job can be ${verb}, was ${state}`, { state });
  }
}

const mayRead = ({ ownerId }: JobRow, { userId, role }: Principal): boolean =>
  ownerId === userId || (ownerId === null && role === 'admin');

function demandScope({ scopes }: Principal, needed: Scope): void {
  if (!hasScope(scopes, needed))
    throw new DomainError('forbidden', `scope ${needed} is needed`, { missing_scopes: [needed] });
}

/** The one that the unique key of open jobs lets there be. */
const openJobOf = (
  em: EntityManager,
  { service, kind, dedupeKey }: { service: string; kind: string; dedupeKey?: string | null },
): Promise<JobRow | null> =>
  em.findOne(JobEntity, { where: { service, kind, dedupeKey: dedupeKey!, state: In(['queued', 'running']) } });

const isTakenKey = (error: unknown): boolean =>
  (error as { driverError?: { constraint?: string } }).driverError?.constraint === 'job_dedupe_key';
