import type { ServiceName } from '@assay/persistence';
import { DatabaseProbe } from '@assay/persistence';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import Redis from 'ioredis';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { waitingInOutboxes, waitingOnBus } from './event-lag';

export const SERVICE_NAME = Symbol('SERVICE_NAME');

export interface Check {
  status: 'ok' | 'delayed' | 'failed';
  backend: string;
  latency_ms: number | null;
  /** How long the oldest job that is due, or the oldest event that is not done, has waited. */
  waiting_s?: number | null;
}

export interface Health {
  database: Check;
  jobs: Check;
  events: Check;
}

/** A measurement is good for so long, and takes so long at most. */
const FRESH_MS = 2_000;
const LONGEST_MS = 1_000;
/** A job that is due, and an event, is taken within moments where a worker runs. */
const DELAYED_S = 60;

type Measured = { latency_ms: number; waiting_s?: number | null } | undefined;

/**
 * Measures what the service needs on connections of its own: a pool that is all in use says nothing about the database, and a question
 * about health must not wait behind the work. Many who ask at once share one measurement.
 */
@Injectable()
export class HealthMonitor implements OnApplicationShutdown {
  private redis?: Redis;
  private measuredAt = -Infinity;
  private measuring?: Promise<Health>;

  constructor(
    @Inject(SERVICE_NAME) private readonly service: ServiceName,
    @Inject(CONFIG) private readonly config: AppConfig,
    private readonly probe: DatabaseProbe,
  ) {}

  current(): Promise<Health> {
    if (this.measuring && performance.now() - this.measuredAt < FRESH_MS) return this.measuring;
    this.measuredAt = performance.now();
    this.measuring = this.measure();
    return this.measuring;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async measure(): Promise<Health> {
    const { redisUrl, natsUrl, streamPrefix } = this.config;
    const [store, jobs, events] = await Promise.all([
      this.timed(async () => void (await this.probe.query('SELECT 1'))),
      this.timed(async () => {
        if (redisUrl) await this.pingRedis(redisUrl);
        return this.oldestDueJob();
      }),
      this.timed(async () => ({
        waiting_s: natsUrl
          ? await waitingOnBus(this.probe, this.service, { url: natsUrl, streamPrefix, timeoutMs: LONGEST_MS })
          : await waitingInOutboxes(this.probe, this.service),
      })),
    ]);
    return {
      database: checkOf('postgres', store),
      jobs: checkOf(redisUrl ? 'redis' : 'postgres', jobs),
      events: checkOf(natsUrl ? 'nats' : 'postgres', events),
    };
  }

  /** How long the task took and what it found, or undefined where it failed or took too long. */
  private async timed(task: () => Promise<{ waiting_s?: number | null } | void>): Promise<Measured> {
    const started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), LONGEST_MS)));
    const done = task().then(
      (found) => ({ latency_ms: Math.round(performance.now() - started), ...found }),
      () => undefined,
    );
    const measured = await Promise.race([done, late]);
    clearTimeout(timer);
    return measured;
  }

  private async oldestDueJob(): Promise<{ waiting_s: number | null }> {
    if (this.service === 'portfolio') return { waiting_s: null };
    const [row] = await this.probe.query(
      `SELECT extract(epoch FROM now() - min(run_after))::float8 AS waiting FROM ops.job
       WHERE service = $1 AND state = 'queued' AND run_after <= now()`,
      [this.service],
    );
    const waiting = row?.waiting as number | null | undefined;
    return { waiting_s: waiting === null || waiting === undefined ? null : Math.round(waiting) };
  }

  private async pingRedis(url: string): Promise<void> {
    this.redis ??= new Redis(url, {
      ...{ lazyConnect: true, maxRetriesPerRequest: 0, connectTimeout: LONGEST_MS, enableOfflineQueue: true },
      retryStrategy: (times) => Math.min(times * 100, FRESH_MS),
    }).on('error', () => undefined);
    await this.redis.ping();
  }
}

function checkOf(backend: string, measured: Measured): Check {
  if (!measured) return { status: 'failed', backend, latency_ms: null };
  const isLate = (measured.waiting_s ?? 0) > DELAYED_S;
  return { status: isLate ? 'delayed' : 'ok', backend, ...measured };
}
