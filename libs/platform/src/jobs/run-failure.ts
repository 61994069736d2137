import { storableText } from '@assay/contracts';
import { DomainError, isDomainError } from '@assay/primitives';
import type { ProblemOrigin } from '../problem';
import { isOutage, toProblem } from '../problem';
import type { JobRow } from './job-handler';
import type { Outcome } from './job-store';

const FAILURE_WAITS_MS = [1_000, 5_000, 15_000];
/** With waits from 1 s, doubled up to a minute: an outage of about 25 minutes is sat out. */
export const MAX_OUTAGES = 30;
const FIRST_OUTAGE_WAIT_MS = 1_000;
const MAX_OUTAGE_WAIT_MS = 60_000;
const MOST_TEXT = 500;

const originOf = (row: JobRow): ProblemOrigin => ({
  instance: `/jobs/${row.id}`,
  correlationId: row.correlationId ?? row.id,
});

const failed = (row: JobRow, error: unknown): Outcome => ({
  state: 'failed',
  error: toProblem(error, originOf(row)).problem,
});

/**
 * What becomes of a job whose run ended with `error`: a refusal of the domain is final, an outage and an unexpected error are tried
 * again, each with a limit and waits of its own.
 */
export function outcomeOfError(row: JobRow, error: unknown): Outcome {
  if (isDomainError(error)) return failed(row, error);
  if (isOutage(error)) {
    const outages = row.outages + 1;
    if (outages >= MAX_OUTAGES) {
      const text = `a server that the job needs was away in each of ${MAX_OUTAGES} runs: retry the job when it is back`;
      return failed(row, new DomainError('unavailable', text));
    }
    const delayMs = Math.min(FIRST_OUTAGE_WAIT_MS * 2 ** (outages - 1), MAX_OUTAGE_WAIT_MS);
    const message = `a server that the job needs is away (${outages} of at most ${MAX_OUTAGES} times), next run in ${delayMs} ms`;
    return { state: 'queued', delayMs, message, counted: 'outages' };
  }
  const failures = row.failures + 1;
  if (failures >= row.maxAttempts) return failed(row, error);
  const delayMs = FAILURE_WAITS_MS[Math.min(failures, FAILURE_WAITS_MS.length) - 1]!;
  return {
    state: 'queued',
    delayMs,
    message: `attempt ${row.attempts} failed, next in ${delayMs} ms`,
    counted: 'failures',
  };
}

/** The end of a job whose own end the database refuses for what is in it: without that it would run again and again to the same refusal. */
export function unstorable(row: JobRow, error: unknown): Outcome {
  const reason = storableText(error instanceof Error ? error.message : String(error)).slice(0, MOST_TEXT);
  return failed(row, new DomainError('internal_error', `what the job ended with could not be stored: ${reason}`));
}
