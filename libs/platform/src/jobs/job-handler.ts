import { jobDocuments, type JobKind, type JobPayload, type JobResult, type ShardKind } from '@assay/contracts';
import type { JobEntity } from '@assay/persistence';
import { applyDecorators, SetMetadata, type Logger } from '@nestjs/common';

export type JobRow = JobEntity;

/** Columns that a job is listed with. The payload and the result, which may be a megabyte each, are not among them. */
export const SHOWN_COLUMNS = {
  id: true,
  kind: true,
  state: true,
  progress: true,
  message: true,
  subjectId: true,
  about: true,
  error: true,
  attempts: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const satisfies Partial<Record<keyof JobRow, true>>;
export type ShownJob = Pick<JobRow, keyof typeof SHOWN_COLUMNS>;

/** One part of a job, run as a job of its own by whichever worker takes it. */
export interface NewShard<In = unknown> {
  kind: JobKind;
  payload: In;
  /** Fraction of the job's progress that it stands for; those of all shards of a job add up to at most 1. */
  weight: number;
}

/** A shard that has completed. */
export interface EndedShard<In = unknown, Out = unknown> {
  payload: In;
  result: Out;
}
/** A completed shard of a job of the kind. */
export type ShardOf<K extends JobKind> = EndedShard<JobPayload<ShardKind<K>>, JobResult<ShardKind<K>>>;

/**
 * Returned by a handler in place of a result: the job then waits, without a worker, until all these shards have completed, and its
 * handler runs again with them in `context.shards`. It may ask for more shards then. Shards are shown, canceled and retried with
 * their job; one that fails fails the job with its reason.
 */
export class AwaitShards {
  /** @throws Error without a shard: the job would wait for ever */
  constructor(readonly shards: readonly NewShard[]) {
    if (shards.length === 0) throw new Error('there must be at least one shard to wait for');
  }
}

export interface JobContext<In = unknown, Shard extends EndedShard = EndedShard> {
  jobId: string;
  /** The job that this one is a shard of. */
  parentId: string | null;
  /** All shards so far in the order in which they were asked for, completed; empty on the first run. */
  shards: readonly Shard[];
  ownerId: string | null;
  subjectId: string | null;
  about: string | null;
  payload: In;
  /** Aborted when the job is canceled, when its lease is lost, and when the process shuts down. */
  signal: AbortSignal;
  /** 1 on the first run. */
  attempt: number;
  /** `fraction` from 0 to 1. Writes are spaced out; the last one of a burst may be dropped. */
  progress(fraction: number, message?: string): Promise<void>;
  log: Logger;
}

/**
 * Must be idempotent: a worker may die at any point and another starts over. A DomainError ends the job as failed; an unexpected error is
 * tried again, with back-off, up to three times; a server that is away up to 30 times, over about 25 minutes; a lost worker up to ten.
 */
export interface JobRunner<In = unknown, Out = unknown> {
  run(context: JobContext<In>): Promise<Out | AwaitShards>;
}

export const JOB_KIND = 'assay:job-kind';
/** What reads the payload and the results of the kind. */
export const JOB_DOCUMENTS = 'assay:job-documents';

/** Method parameters are compared both ways; a function's, as here, only the right one. */
interface RunnerOf<K extends JobKind> {
  run: (context: JobContext<JobPayload<K>, ShardOf<K>>) => Promise<JobResult<K> | AwaitShards>;
}

/**
 * Marks an injectable class as the one handler of a job kind: it takes the kind's payload, which has been read, and leaves the kind's
 * result.
 */
export const JobHandler =
  <K extends JobKind>(kind: K) =>
  (target: new (...args: never[]) => RunnerOf<K>): void => {
    applyDecorators(SetMetadata(JOB_KIND, kind), SetMetadata(JOB_DOCUMENTS, jobDocuments(kind)))(target);
  };
