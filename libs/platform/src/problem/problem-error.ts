import type { FieldProblem, ProblemCode } from '@assay/contracts';

/** What every expected refusal looks like, whichever lib threw it. */
export interface DomainErrorLike extends Error {
  code: ProblemCode;
  errors?: FieldProblem[];
  facts?: Record<string, unknown>;
}

/** Errors of the domain lib are recognised by shape, since the platform does not depend on it. */
export const isDomainError = (error: unknown): error is DomainErrorLike =>
  error instanceof Error && error.name === 'DomainError' && typeof (error as { code?: unknown }).code === 'string';

/** An expected refusal of the platform itself; same shape as the domain's errors. */
export class ProblemError extends Error implements DomainErrorLike {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly facts: Record<string, unknown> = {},
    readonly errors?: FieldProblem[],
  ) {
    super(message);
  }
}

/** The same answer for what does not exist and for what belongs to somebody else. */
export const notFound = (kind: string, id: string): ProblemError =>
  new ProblemError('not_found', `${kind} ${id} does not exist`, { kind, id });

/** One or more fields that break a rule: 422. */
export function invalidFields(errors: FieldProblem[]): ProblemError {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ProblemError('validation_failed', `${first?.message ?? 'the request is not valid'}${more}`, {}, errors);
}

export const invalidField = (field: string, rule: string, value: unknown, message: string): ProblemError =>
  invalidFields([{ field, rule, value, message }]);
