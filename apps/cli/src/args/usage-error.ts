import { isDomainError } from '@assay/primitives/errors';

/** Input the caller must correct; ends the process with code 2. The message names the flag. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Refusal {
  name: string;
  message: string;
  errors?: { message: string }[];
}

/** The refusals of quant are recognised by name, since loading it would cost start-up time. */
function isRefusal(error: unknown): error is Refusal {
  if (isDomainError(error)) return true;
  const { name } = (error ?? {}) as Refusal;
  return name === 'InvalidInputError' || name === 'RangeError';
}

/** Flags by the names under which the core knows their values. */
export type FlagsByField = Readonly<Record<string, string>>;

/** Runs a step whose refusals are about one flag, or about the flags of `fields`, and says so. */
export function blaming<T>(flag: string, step: () => T, fields: FlagsByField = {}): T {
  try {
    return step();
  } catch (error) {
    throw blamed(flag, error, fields);
  }
}

export function blamed(flag: string, error: unknown, fields: FlagsByField = {}): unknown {
  if (!isRefusal(error)) return error;
  const messages = error.errors?.map(({ message }) => message) ?? [error.message];
  const named = (message: string): string => {
    const [field] = message.split(' ', 1);
    return Object.hasOwn(fields, field) ? fields[field] + message.slice(field.length) : `${flag}: ${message}`;
  };
  return new UsageError(messages.map(named).join('\n'));
}
