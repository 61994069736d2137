/**
 * Input a caller must correct. `code` and `facts` let outer layers recognise it without importing this class.
 */
export class InvalidInputError extends RangeError {
  readonly code = 'invalid_input';

  constructor(
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'InvalidInputError';
  }
}

/** Throws unless `value` satisfies `holds`; the message names field, rule and value. */
export function requireThat(holds: boolean, field: string, rule: string, value: unknown): asserts holds {
  if (!holds) {
    throw new InvalidInputError(`${field} must be ${rule}, was ${String(value)}`, {
      field,
      rule,
      value: String(value),
    });
  }
}
