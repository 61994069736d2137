import { hostname } from 'node:os';
import { newId, runInOperation } from '@assay/persistence';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { isDomainError, ProblemError, toProblem } from '../problem';
import { JobFeed } from './job-feed';
import type { EndedShard, JobContext, JobRow } from './job-handler';
import { AwaitShards } from './job-handler';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobShards } from './job-shards';
import type { Ending, Outcome } from './job-store';
import { JobStore, LEASE_MS } from './job-store';

export const JOB_SERVICE = Symbol('JOB_SERVICE');
const PROGRESS_EVERY_MS = 200;
const BACK_OFF_MS = [1_000, 5_000, 15_000];

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
    @Inject(JOB_SERVICE) private readonly service: string,
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
    if (ending.state === 'waiting') {
      if (await this.shards.wait(row, this.id, ending.shards)) return;
      // Refused, so it was canceled meanwhile, or another worker has it.
      if ((await this.store.heartbeat(row, this.id)) === 'cancel') return this.end(row, { state: 'canceled' });
      this.logger.warn(`job ${row.id}: the lease was lost before it could wait for its shards`);
      return;
    }
    const counted = await this.store.finish(row, this.id, ending);
    if (!counted) this.logger.warn(`job ${row.id}: the lease was lost before it ended`);
    if (counted && ending.state === 'queued') {
      await this.queue.wake(row.id, row.attempts, ending.delayMs).catch(() => undefined);
    }
    if (counted && row.parentId !== null && ending.state !== 'queued') {
      await this.shards.rollUp(row.parentId);
      await this.shards.settle(this.service, row.parentId);
    }
  }

  private async outcomeOf(row: JobRow, controller: AbortController): Promise<Ending> {
    const runner = this.registry.find(row.kind);
    try {
      if (!runner) throw new ProblemError('internal_error', `no handler for job kind ${row.kind}`);
      const { complete, shards } = await this.shards.ended(row);
      if (!complete) return { state: 'waiting', shards: [] };
      const result = await runner.run(this.contextOf(row, controller.signal, shards));
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
    const { problem } = toProblem(error, { instance: `/jobs/${row.id}`, correlationId: row.correlationId ?? row.id });
    if (isDomainError(error)) return { state: 'failed', error: problem };
    this.logger.error({ err: error, job_id: row.id, attempt: row.attempts }, `job ${row.kind} failed`);
    const tries = row.attempts - row.phaseAttempts;
    if (tries >= row.maxAttempts) return { state: 'failed', error: problem };
    const delayMs = BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length) - 1]!;
    return { state: 'queued', delayMs, message: `attempt ${row.attempts} failed, next in ${delayMs} ms` };
  }

  private contextOf(row: JobRow, signal: AbortSignal, shards: EndedShard[]): JobContext {
    let lastMs = 0;
    let lastMessage: string | undefined;
    return {
      jobId: row.id,
      parentId: row.parentId,
      shards,
      ownerId: row.ownerId,
      subjectId: row.subjectId,
      payload: row.payload,
      signal,
      attempt: row.attempts,
      log: new Logger(row.kind),
      progress: async (fraction, message) => {
        if (signal.aborted) throw signal.reason;
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
