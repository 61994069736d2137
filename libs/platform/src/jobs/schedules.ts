import type { JobService, ScheduledKind } from '@assay/contracts';
import { afterCommit, ScheduleEntity } from '@assay/persistence';
import { invalidField } from '@assay/primitives';
import { Injectable, Logger } from '@nestjs/common';
import { CronExpressionParser } from 'cron-parser';
import type { EntityManager } from 'typeorm';
import { DataSource, LessThanOrEqual } from 'typeorm';
import type { QueueTick } from './job-queue';
import { JobQueue } from './job-queue';
import { Jobs } from './jobs';

export interface NewSchedule {
  service: JobService;
  /** Unique in the service; upserting again replaces it. */
  name: string;
  /** Kind of the job that each tick submits, with `due_at` (ISO-8601) added to the payload. */
  kind: ScheduledKind;
  cron?: string;
  /** IANA zone of `cron`, default UTC. */
  tz?: string;
  everyMs?: number;
  payload?: Record<string, unknown>;
  ownerId?: string | null;
  subjectId?: string;
}

/** The next tick strictly after `after`. @throws DomainError 422 on a wrong expression or zone */
export function nextTick(schedule: Pick<NewSchedule, 'cron' | 'tz' | 'everyMs'>, after: Date): Date {
  const { cron, tz = 'UTC', everyMs } = schedule;
  if (cron === undefined) {
    if (!everyMs || everyMs < 1)
      throw invalidField('everyMs', 'min', everyMs, `everyMs must be at least 1, was ${everyMs}`);
    return new Date(after.getTime() + everyMs);
  }
  try {
    return CronExpressionParser.parse(cron, { tz, currentDate: after }).next().toDate();
  } catch (error) {
    throw invalidField(
      'cron',
      'cron',
      { cron, tz },
      `cron must be a cron expression in a known zone, was ${cron} in ${tz}: ${(error as Error).message}`,
    );
  }
}

const sameTick = (a: QueueTick, b: QueueTick): boolean =>
  a.every === b.every && a.cron === b.cron && (a.tz ?? 'UTC') === (b.tz ?? 'UTC');

/** Recurring jobs. The rows decide what is due; the queue's schedulers wake a worker in time and are put back whenever they are gone. */
@Injectable()
export class Schedules {
  private readonly logger = new Logger('Schedules');

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly jobs: Jobs,
  ) {}

  /** In the transaction of `em` if one is given. */
  async upsert(schedule: NewSchedule, em: EntityManager = this.dataSource.manager): Promise<void> {
    const { service, name, kind, cron, tz, everyMs, payload = {}, ownerId = null, subjectId } = schedule;
    const nextAt = nextTick(schedule, new Date());
    await em.query(
      `INSERT INTO ops.schedule AS s (service, name, kind, owner_id, subject_id, payload, cron, tz, every_ms, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (service, name) DO UPDATE SET kind = excluded.kind, owner_id = excluded.owner_id,
         subject_id = excluded.subject_id, payload = excluded.payload, cron = excluded.cron, tz = excluded.tz,
         every_ms = excluded.every_ms,
         next_at = CASE WHEN (s.cron, s.tz, s.every_ms) IS DISTINCT FROM (excluded.cron, excluded.tz, excluded.every_ms)
                        THEN excluded.next_at ELSE s.next_at END`,
      [
        service,
        name,
        kind,
        ownerId,
        subjectId ?? null,
        JSON.stringify(payload),
        cron ?? null,
        tz ?? null,
        everyMs ?? null,
        nextAt,
      ],
    );
    afterCommit(em, () => this.queue.upsertTick(name, { every: everyMs, cron, tz }));
  }

  async remove(service: string, name: string, em: EntityManager = this.dataSource.manager): Promise<void> {
    await em.delete(ScheduleEntity, { service, name });
    afterCommit(em, () => this.queue.removeTick(name));
  }

  /** Submits the job of a due schedule, once per tick whoever calls. Ticks missed while nobody ran are one job. */
  async fire(service: string, name: string): Promise<void> {
    await this.dataSource.transaction(async (em) => {
      const row = await em.findOne(ScheduleEntity, { where: { service, name }, lock: { mode: 'pessimistic_write' } });
      const now = new Date();
      if (!row || row.nextAt > now) return;
      const due = row.nextAt.toISOString();
      await this.jobs.submitStored(em, {
        service: service as JobService,
        kind: row.kind,
        ownerId: row.ownerId,
        subjectId: row.subjectId ?? undefined,
        payload: { ...(row.payload as object), due_at: due },
        dedupeKey: `schedule:${name}:${due}`,
      });
      const rule = { cron: row.cron ?? undefined, tz: row.tz ?? undefined, everyMs: row.everyMs ?? undefined };
      const regular = nextTick(rule, row.nextAt);
      const nextAt = regular > now ? regular : nextTick(rule, now);
      await em.update(ScheduleEntity, { service, name }, { nextAt, lastAt: now });
    });
  }

  async fireDue(service: string): Promise<void> {
    const due = await this.dataSource.manager.findBy(ScheduleEntity, { service, nextAt: LessThanOrEqual(new Date()) });
    for (const { name } of due) await this.fire(service, name);
  }

  /** Makes the queue's schedulers what the rows say. */
  async syncQueue(service: string): Promise<void> {
    const rows = await this.dataSource.manager.findBy(ScheduleEntity, { service });
    const known = await this.queue.ticks();
    for (const { name, cron, tz, everyMs } of rows) {
      const wanted: QueueTick = cron === null ? { every: everyMs ?? undefined } : { cron, tz: tz ?? undefined };
      const found = known.get(name);
      known.delete(name);
      if (found && sameTick(found, wanted)) continue;
      await this.queue.upsertTick(name, wanted);
      this.logger.log(`scheduler ${name} ${found ? 'changed in' : 'put back into'} the queue`);
    }
    for (const stale of known.keys()) await this.queue.removeTick(stale);
  }
}
