import { storableJson } from '@assay/contracts';

/** JSON writes U+0000 and lone surrogates as escapes, which jsonb refuses. An escaped backslash before them only costs a second look. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

/**
 * JSON of a result or an error that jsonb can hold: what it cannot hold inside texts becomes U+FFFD.
 *
 * @throws TypeError for what JSON cannot say: a BigInt, a value inside itself
 */
export function jobJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return SUSPECT.test(text) ? JSON.stringify(storableJson(JSON.parse(text))) : text;
}
