import type { JobEntity } from '@assay/persistence';
import type { Logger } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';

export type JobRow = JobEntity;

export interface JobContext<In = unknown> {
  jobId: string;
  ownerId: string | null;
  subjectId: string | null;
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
 * Must be idempotent: a worker may die at any point and another starts over. A DomainError ends the job as failed; any other error is tried
 * again, with back-off, up to three runs.
 */
export interface JobRunner<In = unknown, Out = unknown> {
  run(context: JobContext<In>): Promise<Out>;
}

export const JOB_KIND = 'assay:job-kind';

/** Marks an injectable class as the one handler of a job kind. */
export const JobHandler = (kind: string): ClassDecorator => SetMetadata(JOB_KIND, kind);
