import { invalid } from '@assay/primitives';

const SIGNS: Readonly<Record<string, number>> = { '+': 1, '0': 0, '-': -1 };
const NONE = 'none';

/** The text of some of the inputs, by their places. */
export const monotoneOf = (text: string, kept: readonly number[]): string =>
  text === NONE ? NONE : kept.map((input) => text[input]).join('');

/**
 * The signs of a text such as `+0-`, one per input in their order; empty for `none`.
 * @throws DomainError `validation_failed` for another text.
 */
export function monotoneSigns(text: string, inputs: number): Int8Array {
  if (text === NONE) return new Int8Array(0);
  const signs = [...text].map((letter) => SIGNS[letter]);
  if (signs.length === inputs && signs.every((sign) => sign !== undefined)) return Int8Array.from(signs);
  const message = `params.monotone must be none or ${inputs} of +, - and 0, one per input, was ${text}`;
  throw invalid([{ field: 'params.monotone', rule: 'signs', value: text, message }]);
}
