import type { Problem } from '../problem';

export const JOB_STATES = ['queued', 'running', 'completed', 'failed', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Wire form of a job row; the row in the database is the truth, a queue only wakes workers. */
export interface JobDocument {
  id: string;
  kind: string;
  state: JobState;
  /** Fraction from 0 to 1. */
  progress: number;
  message: string | null;
  subject_id: string | null;
  /** What it is about in words, as that was named when the job was asked for: a strategy, a model, a series. */
  about: string | null;
  result: unknown;
  error: Problem | null;
  attempts: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** A job in a list: its result, which may be large, is read from the job itself. */
export type ListedJob = Omit<JobDocument, 'result'>;
