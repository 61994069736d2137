import type { components } from './generated/research';

type ProblemBody = components['schemas']['ProblemDto'];

export interface FieldProblem {
  field: string;
  rule: string;
  value: unknown;
  message: string;
}

/** What a request was refused with: the words of the API (RFC 9457), or that there was no answer. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';

  constructor(
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** HTTP status, or null where no answer came. */
    readonly status: number | null = null,
    readonly fields: readonly FieldProblem[] = [],
    readonly correlationId: string | null = null,
    /** Of a change that may have been made all the same. */
    readonly doubtful = false,
  ) {
    super(detail);
  }

  /** What is wrong with one field of the request, by its path (`limits.max_daily_loss_pct`). */
  of(field: string): string | undefined {
    return this.fields.find((problem) => problem.field === field)?.message;
  }
}

/** No answer, or one that does not say what became of the request. */
const isUnsaid = (status: number | null, code: string): boolean =>
  code !== 'overloaded' && (status === null || status >= 500);
/** Refusals of a request because another like it, which was sent before, is being carried out or has been. */
const SENT_BEFORE = new Set(['request_in_progress', 'answer_lost']);

/** As `isUnsaid`, of a thrown value. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof ApiProblem && isUnsaid(error.status, error.code);

/** Of a change that may have been made all the same: no answer says that it was not. */
export const isDoubtful = (error: unknown): boolean => error instanceof ApiProblem && error.doubtful;

/** What a change came to that did not succeed, in a few words; `refused` where it was for certain not made. */
export const failure = (error: unknown, refused: string): string =>
  isDoubtful(error) ? 'Not known whether it was done' : refused;

/** What to do next, for the codes where the words of the API do not say it already. */
const ADVICE: Record<string, string> = {
  unauthenticated: 'Sign in and try again.',
  forbidden: 'Ask an administrator for a role or a key that may do this.',
  stale_version: 'It was changed elsewhere. Load it anew, look at the change, and save again.',
  rate_limited: 'Wait a moment, then try again.',
  internal_error: 'Try again; if it happens again, look for the id in the log of the service.',
  overloaded: 'The service has too much to do. Try again in a moment.',
  unavailable: 'The service or its database is starting or away. Try again in a moment.',
  unreachable:
    'Look whether the server runs (npm start) and whether this device is online; the page tries again by itself.',
  not_found: 'It may have been deleted, or it belongs to another user.',
};

const IN_DOUBT =
  'It may have been done although the answer did not come. Look at what stands here now; sent again unchanged within five minutes it is done once, not twice.';
const ADVICE_IN_DOUBT: Record<string, string> = {
  request_in_progress: 'It is being done. Look in a moment at what stands here; sent again unchanged it is done once.',
  answer_lost:
    'It was done, at least in part. Look at what stands here now before you send it again: that would do it a second time.',
};

export const adviceFor = (problem: ApiProblem): string | undefined =>
  problem.doubtful ? (ADVICE_IN_DOUBT[problem.code] ?? IN_DOUBT) : ADVICE[problem.code];

/** @param ofChange whether it was asked to change something */
export const unreachable = (ofChange = false): ApiProblem =>
  new ApiProblem('unreachable', 'No answer', 'The server did not answer.', null, [], null, ofChange);

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/**
 * The problem in an answer that is not 2xx; anything but a problem document (a proxy's page, say) is told by its status.
 * @param ofChange whether it was asked to change something
 */
export function problemFrom(status: number, body: unknown, ofChange = false): ApiProblem {
  if (!isProblem(body)) {
    const code = status === 401 ? 'unauthenticated' : status >= 500 ? 'unavailable' : 'unexpected_answer';
    const detail = `The server answered ${status} without saying why.`;
    return new ApiProblem(code, `Answer ${status}`, detail, status, [], null, ofChange && isUnsaid(status, code));
  }
  const { code, title, detail, errors = [], correlation_id: id = null } = body;
  const doubtful = ofChange && (isUnsaid(status, code) || SENT_BEFORE.has(code));
  return new ApiProblem(code, title, detail, status, errors, id, doubtful);
}

/** Any thrown value as a problem, for showing. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const words = error instanceof Error ? error.message : String(error);
  return new ApiProblem('page_fault', 'The page failed', words);
}
