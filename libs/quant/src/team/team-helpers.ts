/** Threads that can help with work in shared memory. */
export interface TeamHelpers<Job> {
  readonly count: number;
  /** Gives helper number 0 .. count - 1 a job; it does not wait, and the helper may be busy or gone. */
  start(helper: number, job: Job): void;
}
