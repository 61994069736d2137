import type { JobDocument, ListedJob } from '@assay/contracts';
import type { JobRow, ShownJob } from './job-handler';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Wire form of a job row in a list. The payload and the lease stay inside. */
export const listedJob = (row: ShownJob): ListedJob => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  progress: row.progress,
  message: row.message,
  subject_id: row.subjectId,
  about: row.about,
  error: row.error,
  attempts: row.attempts,
  created_at: row.createdAt.toISOString(),
  started_at: iso(row.startedAt),
  finished_at: iso(row.finishedAt),
});

/** Wire form of one job row. */
export const jobDocument = (row: JobRow): JobDocument => ({ ...listedJob(row), result: row.result ?? null });
