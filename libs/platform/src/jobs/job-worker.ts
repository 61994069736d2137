import type { JobService } from '@assay/contracts';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInOperation } from '@assay/persistence';
import { DomainError, isDomainError, MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { isOutage } from '../problem';
import { JobFeed } from './job-feed';
import type { JobContext, JobRow } from './job-handler';
import { AwaitShards } from './job-handler';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobShards } from './job-shards';
import type { Ending, Outcome } from './job-store';
import { JobStore, LEASE_MS } from './job-store';
import { outcomeOfError, unstorable } from './run-failure';

export const JOB_SERVICE = Symbol('JOB_SERVICE');
const PROGRESS_EVERY_MS = 200;
/** How long the end of a run is tried to be written while the database is away, and the waits between. */
const RECORD_MS = 10 * MINUTE_MS;
const RECORD_WAIT_MS = 250;
const MAX_RECORD_WAIT_MS = 5_000;

/** Runs jobs that it claims in the database, whatever woke it. */
@Injectable()
export class JobWorker implements BeforeApplicationShutdown {
  readonly id = `${hostname()}:${process.pid}:${newId().slice(-6)}`;
  private readonly logger = new Logger('JobWorker');
  private readonly running = new Map<string, AbortController>();
  private readonly ends = new Set<Promise<void>>();
  private stopping = false;
  private ready = false;

  constructor(
    @Inject(JOB_SERVICE) private readonly service: JobService,
    private readonly registry: JobRegistry,
    private readonly store: JobStore,
    private readonly shards: JobShards,
    private readonly queue: JobQueue,
    private readonly feed: JobFeed,
  ) {}

  /** Checks the handlers. The queue may wake this worker before that; what is due then is run by the first sweep. */
  start(): void {
    this.registry.load(this.service);
    this.ready = true;
  }

  /** Runs the named job if it is still due, then whatever else is due. */
  async wake(jobId?: string): Promise<void> {
    if (!this.ready) return;
    let row = jobId && !this.stopping ? await this.store.claim(jobId, this.service, this.id) : undefined;
    while (!this.stopping) {
      row ??= await this.store.claimNext(this.service, this.id);
      if (!row) return;
      await this.track(this.execute(row));
      row = undefined;
    }
  }

  /** Running jobs are aborted and put back, so that another process can go on at once. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const controller of this.running.values()) controller.abort(new Error('the process shuts down'));
    await Promise.allSettled([...this.ends]);
  }

  private async track(run: Promise<void>): Promise<void> {
    this.ends.add(run);
    await run.finally(() => this.ends.delete(run));
  }

  private async execute(row: JobRow): Promise<void> {
    const controller = new AbortController();
    // A handler may hand the signal to any number of tasks.
    setMaxListeners(0, controller.signal);
    this.running.set(row.id, controller);
    const check = async (): Promise<void> => {
      const answer = await this.store.heartbeat(row, this.id).catch(() => 'held' as const);
      if (answer !== 'held') controller.abort(new Error(answer === 'cancel' ? 'canceled' : 'lease lost'));
    };
    const beat = setInterval(() => void check(), LEASE_MS / 3);
    const unsubscribe = this.feed.watch(row.id, () => void check());
    try {
      const operation = { correlationId: row.correlationId ?? row.id, actor: row.ownerId };
      await this.end(row, await runInOperation(operation, () => this.outcomeOf(row, controller)));
    } catch (error) {
      // The row stays running until its lease ends; the sweeper then puts it back.
      this.logger.error({ err: error as Error, job_id: row.id }, 'the end of a job could not be recorded');
    } finally {
      clearInterval(beat);
      unsubscribe();
      this.running.delete(row.id);
    }
  }

  private async end(row: JobRow, ending: Ending): Promise<void> {
    if (!(await this.recorded(row, ending))) {
      this.logger.warn(`job ${row.id}: the lease was lost before its run ended`);
      return;
    }
    // The rest wakes others sooner; the sweeper does it too.
    if (ending.state === 'queued') await this.queue.wake(row.id, row.execution, ending.delayMs).catch(() => undefined);
    else if (row.parentId !== null && ending.state !== 'waiting') {
      await this.shards.rollUp(row.parentId);
      await this.shards.settle(this.service, row.parentId);
    }
  }

  /**
   * Writes the end down. While the database is away it is tried again, since the work is done and nobody else can take the job either;
   * an end that the database refuses for what is in it becomes a failure that says so.
   *
   * @returns false when another execution has the job
   */
  private async recorded(row: JobRow, ending: Ending): Promise<boolean> {
    const deadline = Date.now() + RECORD_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.record(row, ending);
      } catch (error) {
        if (!isOutage(error)) {
          this.logger.error({ err: error as Error, job_id: row.id }, 'what a job ended with could not be stored');
          return this.store.finish(row, this.id, unstorable(row, error));
        }
        if (this.stopping || Date.now() > deadline) throw error;
        const waitMs = Math.min(RECORD_WAIT_MS * 2 ** (attempt - 1), MAX_RECORD_WAIT_MS);
        await sleep(waitMs);
      }
    }
  }

  private async record(row: JobRow, ending: Ending): Promise<boolean> {
    if (ending.state !== 'waiting') return this.store.finish(row, this.id, ending);
    if (await this.shards.wait(row, this.id, ending.shards)) return true;
    // Refused, so it was canceled meanwhile, or another execution has it.
    if ((await this.store.heartbeat(row, this.id)) !== 'cancel') return false;
    return this.store.finish(row, this.id, { state: 'canceled' });
  }

  private async outcomeOf(row: JobRow, controller: AbortController): Promise<Ending> {
    const runner = this.registry.find(row.kind);
    try {
      if (!runner) throw new DomainError('internal_error', `no handler for job kind ${row.kind}`);
      const { complete, shards } = await this.shards.ended(row);
      if (!complete) return { state: 'waiting', shards: [] };
      const given = {
        payload: this.registry.payloadOf(row.kind, row.payload),
        shards: shards.map((shard, n) => this.registry.shardOf(shard, n)),
      };
      const result = await runner.run(this.contextOf(row, controller.signal, given));
      return result instanceof AwaitShards
        ? { state: 'waiting', shards: result.shards }
        : { state: 'completed', result };
    } catch (error) {
      return this.failureOf(row, controller.signal, error);
    }
  }

  private failureOf(row: JobRow, signal: AbortSignal, error: unknown): Outcome {
    const reason = signal.aborted ? (signal.reason as Error).message : undefined;
    if (reason === 'canceled') return { state: 'canceled' };
    if (this.stopping) return { state: 'queued', delayMs: 0, message: 'interrupted by a shutdown' };
    if (!isDomainError(error))
      this.logger.error({ err: error, job_id: row.id, attempt: row.attempts }, `job ${row.kind} failed`);
    return outcomeOfError(row, error);
  }

  private contextOf(row: JobRow, signal: AbortSignal, given: Pick<JobContext, 'payload' | 'shards'>): JobContext {
    let lastMs = 0;
    let lastMessage: string | undefined;
    return {
      jobId: row.id,
      parentId: row.parentId,
      ...given,
      ownerId: row.ownerId,
      subjectId: row.subjectId,
      about: row.about,
      signal,
      attempt: row.attempts,
      log: new Logger(row.kind),
      progress: async (fraction, message) => {
        if (signal.aborted) throw signal.reason;
        if (Number.isNaN(fraction)) fraction = 0;
        const now = Date.now();
        // a new message is never left out: the ones that follow may have none, and the one before would stay
        const isNews = message !== undefined && message !== lastMessage;
        if (!isNews && now - lastMs < PROGRESS_EVERY_MS) return;
        lastMs = now;
        lastMessage = message ?? lastMessage;
        await this.store.progress(row, this.id, Math.min(1, Math.max(0, fraction)), message);
        if (row.parentId !== null) await this.shards.rollUp(row.parentId);
      },
    };
  }
}
