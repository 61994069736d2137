import { InvalidInputError } from '@assay/quant';

/** A refusal of the text at a place, counted from 1. `what` says what must be there. */
export function refusal(rule: string, at: number, what: string, found: string): InvalidInputError {
  const message = `expression must ${what} at ${at + 1}, was ${found}`;
  return new InvalidInputError(message, { field: 'expression', rule, value: found });
}
