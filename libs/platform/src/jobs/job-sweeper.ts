import { DomainError } from '@assay/primitives';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { integer } from '../config';
import { ExpiredKeys } from '../idempotency/expired-keys';
import { toProblem } from '../problem';
import { JobQueue } from './job-queue';
import { JobShards } from './job-shards';
import { JobStore, LEASE_MS } from './job-store';
import { JOB_SERVICE, JobWorker } from './job-worker';
import { Schedules } from './schedules';

const BATCH = 500;
const MAX_LOST_RUNS = 10;
/** After an outage living workers first get the time to renew their leases, which may have ended meanwhile. */
const RENEWAL_MS = LEASE_MS / 2;

/**
 * Makes good whatever the queue has lost: expired leases, jobs whose shards have ended, jobs without a live entry, schedulers, due ticks. Works with the queue down
 * too, since it also runs what is due itself.
 */
@Injectable()
export class JobSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('JobSweeper');
  private readonly everyMs = integer(process.env, 'ASSAY_SWEEP_MS', 2_000, 10, 600_000);
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  private draining = false;
  private queueing = false;
  private releaseFrom = 0;

  constructor(
    @Inject(JOB_SERVICE) private readonly service: string,
    private readonly store: JobStore,
    private readonly shards: JobShards,
    private readonly queue: JobQueue,
    private readonly schedules: Schedules,
    private readonly worker: JobWorker,
    private readonly keys: ExpiredKeys,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.start();
    const tick = (): void => {
      this.sweeping ??= this.sweep()
        .catch((error: Error) => {
          this.releaseFrom = Date.now() + RENEWAL_MS;
          this.logger.warn(`sweep: ${error.message}`);
        })
        .finally(() => (this.sweeping = undefined));
    };
    tick();
    this.timer = setInterval(tick, this.everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    const gone = new DomainError('unavailable', `the worker was lost in each of ${MAX_LOST_RUNS} runs`);
    if (Date.now() >= this.releaseFrom)
      await this.store.releaseLost(this.service, MAX_LOST_RUNS, toProblem(gone).problem);
    await this.shards.settle(this.service);
    await this.schedules.fireDue(this.service);
    this.drain();
    await this.keys.sweep();
    this.refillQueue(await this.store.overdue(this.service, BATCH));
  }

  private drain(): void {
    if (this.draining) return;
    this.draining = true;
    void this.worker
      .wake()
      .catch((error: Error) => this.logger.warn(`drain: ${error.message}`))
      .finally(() => (this.draining = false));
  }

  /** Not awaited by the sweep: with Redis away these calls wait for it to come back. */
  private refillQueue(overdue: { id: string; execution: number }[]): void {
    if (this.queueing) return;
    this.queueing = true;
    const refill = async (): Promise<void> => {
      await this.schedules.syncQueue(this.service);
      for (const { id, execution } of overdue) await this.queue.wake(id, execution);
    };
    void refill()
      .catch((error: Error) => this.logger.warn(`queue refill: ${error.message}`))
      .finally(() => (this.queueing = false));
  }
}
