import { deflateSync, inflateSync } from 'node:zlib';
import { sha256Hex } from '@assay/primitives';
import type { TrialSeries } from '../validation';

/** Bytes by their SHA-256, deflated. */
export type Contents = Record<string, Uint8Array>;

/** The bytes of any typed array, in memory that hashes and compressors take. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength).slice();

/** Collects what a record refers to; the same bytes are kept once. */
export class ContentBuilder {
  readonly contents: Contents = {};
  private readonly known = new Map<ArrayBufferView, string>();

  /** @returns its address */
  add(content: ArrayBufferView): string {
    const sha256 = this.addressOf(content);
    this.contents[sha256] ??= deflateSync(bytesOf(content));
    return sha256;
  }

  /** Of what is kept by somebody else. */
  addressOf(content: ArrayBufferView): string {
    const sha256 = this.known.get(content) ?? sha256Hex(bytesOf(content));
    this.known.set(content, sha256);
    return sha256;
  }
}

/** Returns of trials by their addresses, which a record has in the order of its ledger. */
export function ledgerContents(
  addresses: readonly string[],
  trials: readonly Pick<TrialSeries, 'returns' | 'deflated'>[],
): Contents {
  const contents: Contents = {};
  trials.forEach(({ returns, deflated }, i) => (contents[addresses[i]!] ??= deflated ?? deflateSync(bytesOf(returns))));
  return contents;
}

/** Contents as text for a JSON file. */
export const contentTexts = (contents: Contents): Record<string, string> =>
  Object.fromEntries(
    Object.entries(contents).map(([sha256, bytes]) => [sha256, Buffer.from(bytes).toString('base64')]),
  );

/** A content that has the hash it is kept under; else what is wrong with it. */
export type ReadContent = { bytes: Uint8Array; problem: null } | { bytes: null; problem: string };

export function readContent(content: Readonly<Record<string, string>>, sha256: string): ReadContent {
  const text = Object.hasOwn(content, sha256) ? content[sha256]! : null;
  if (text === null) return { bytes: null, problem: `is not in the file (${sha256})` };
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(Buffer.from(text, 'base64'));
  } catch {
    return { bytes: null, problem: `cannot be read, its bytes are not as they were written (${sha256})` };
  }
  const actual = sha256Hex(bytes);
  return actual === sha256
    ? { bytes, problem: null }
    : { bytes: null, problem: `must hash to ${sha256}, was ${actual}` };
}

/** In memory of its own: what zlib answers may lie in memory that others share. */
const alone = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** Numbers of a content. @throws RangeError where the bytes are no whole number of them */
export const numbersOf = (bytes: Uint8Array): Float64Array => new Float64Array(alone(bytes));
export const marksOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(alone(bytes));
