/** A refusal with a stable code, whichever library threw it and whichever thread it came from. */
export const isDomainProblem = (error: unknown): boolean =>
  error instanceof Error && error.name === 'DomainError' && typeof (error as { code?: unknown }).code === 'string';
