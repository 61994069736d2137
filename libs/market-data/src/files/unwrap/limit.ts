import { invalid } from '@assay/primitives';

export const MOST_BYTES = 1024 ** 3;

/** Refusal of a file that would unpack to more than may be held. */
export function tooLarge(what: string, most: number): Error {
  const mib = Math.floor(most / 1024 ** 2);
  const message = `content must unpack to at most ${mib > 0 ? `${mib} MiB` : `${most} bytes`}, ${what} holds more: split it`;
  return invalid([{ field: 'content', rule: 'max_unpacked_bytes', value: most, message }]);
}

export function unreadable(rule: string, message: string, value: unknown = null): Error {
  return invalid([{ field: 'content', rule, value, message }]);
}
