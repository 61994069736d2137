interface SeenJob {
  state: string;
  attempts: number;
  progress: number;
}

/**
 * Which of two views of a job is the later one: an answer that was asked for before the newest event of its stream may come after it, and within
 * one attempt no progress falls.
 */
export function laterOf<Job extends SeenJob>(before: Job | undefined, next: Job): Job {
  const areBoth = before?.state === 'running' && next.state === 'running' && before.attempts === next.attempts;
  return areBoth && next.progress < before.progress ? before : next;
}
