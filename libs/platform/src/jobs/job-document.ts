import type { JobDocument } from '@assay/contracts';
import type { ShownJob } from './job-handler';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Wire form of a job row. The payload and the lease stay inside. */
export const jobDocument = (row: ShownJob): JobDocument => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  progress: row.progress,
  message: row.message,
  subject_id: row.subjectId,
  result: row.result ?? null,
  error: row.error,
  attempts: row.attempts,
  created_at: row.createdAt.toISOString(),
  started_at: iso(row.startedAt),
  finished_at: iso(row.finishedAt),
});
