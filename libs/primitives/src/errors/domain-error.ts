import type { FieldProblem, ProblemCode } from './problem-codes';

/**
 * A refusal the caller can act on: a stable code, a sentence in the form `window must be at least 2, was 1`, the
 * offending fields and further facts. It knows nothing of HTTP; the platform maps `code` to a status.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly facts?: Record<string, unknown>,
    readonly errors?: FieldProblem[],
  ) {
    super(message);
  }
}

/**
 * The one recogniser of a refusal. By name and code, not by class: an error that comes from another thread keeps its fields, not its class.
 */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === 'DomainError' && 'code' in error && typeof error.code === 'string';
}

/** A refusal that is not about a field, e.g. an illegal transition. */
export function refuse(code: ProblemCode, message: string, facts?: Record<string, unknown>): DomainError {
  return new DomainError(code, message, facts);
}

/** The same answer for what does not exist and for what belongs to somebody else. */
export function notFound(kind: string, id: string): DomainError {
  return new DomainError('not_found', `${kind} ${id} does not exist`, { kind, id });
}

/** A refusal of a document with every problem found in it; `errors` must not be empty. */
export function invalid(errors: FieldProblem[]): DomainError {
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new DomainError('validation_failed', `${errors[0].message}${more}`, undefined, errors);
}

/** A refusal of one field. */
export function invalidField(field: string, rule: string, value: unknown, message: string): DomainError {
  return invalid([{ field, rule, value, message }]);
}

/**
 * Notes in `problems` what a part refuses, instead of ending with it: a document is refused once, with all of them.
 * @returns what the part gives; undefined where it refuses
 */
export function noting<T>(problems: FieldProblem[], part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'validation_failed' || !error.errors) throw error;
    problems.push(...error.errors);
    return undefined;
  }
}

/**
 * What a part of a document gives; its refusal names the fields where the part stands in the document.
 * @param field path of the part, such as `features[0]`
 */
export function below<T>(field: string, part: () => T): T {
  try {
    return part();
  } catch (error) {
    if (!isDomainError(error) || !error.errors) throw error;
    throw invalid(error.errors.map((problem) => placedBelow(field, problem)));
  }
}

function placedBelow(field: string, problem: FieldProblem): FieldProblem {
  const path = problem.field === 'document' ? field : `${field}.${problem.field}`;
  // messages begin with the field, some with its last name alone
  const named = [problem.field, problem.field.slice(problem.field.lastIndexOf('.') + 1)];
  const start = named.find((name) => problem.message.startsWith(`${name} `));
  const message = start === undefined ? problem.message : `${path}${problem.message.slice(start.length)}`;
  return { ...problem, field: path, message };
}
