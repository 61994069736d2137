import { isUtf8 } from 'node:buffer';
import { columnsOf } from '../layout/column-names';
import type { ReadNotes } from '../read-note';
import { unreadable } from './limit';

const SAMPLED = 256;
/** Of texts that are no UTF-8: the first by which the header has known names, else the first. */
const LEGACY = ['windows-1252', 'gb18030', 'big5'];

/** The text as UTF-8 without a byte order mark. */
export function utf8Of(bytes: Buffer, notes: ReadNotes): Uint8Array {
  const known = (encoding: string, text: Uint8Array): Uint8Array => {
    notes.facts.encoding = encoding;
    if (encoding !== 'UTF-8') notes.recognise('encoding', `the text is ${encoding}`);
    return text;
  };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return known('UTF-8', bytes.subarray(3));
  const wide = utf16Of(bytes);
  if (wide !== null) return known(wide.toUpperCase(), decoded(bytes, wide));
  if (isUtf8(bytes)) return known('UTF-8', bytes);
  const legacy = LEGACY.find((encoding) => knowsHeader(bytes, encoding)) ?? LEGACY[0];
  return known(legacy, decoded(bytes, legacy));
}

/** By its byte order mark, or by every second byte of the first ones being 0, as it is in digits and Latin letters. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLED - (SAMPLED % 2));
  const zeros = [0, 0];
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] += 1;
  });
  const most = sample.length / 2;
  if (sample.length < 4 || Math.min(...zeros) > 0 || Math.max(...zeros) < most * 0.8) return null;
  return zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be';
}

function decoded(bytes: Uint8Array, encoding: string): Uint8Array {
  try {
    return Buffer.from(new TextDecoder(encoding).decode(bytes), 'utf8');
  } catch {
    throw unreadable(
      'encoding',
      `content must be text in UTF-8, UTF-16 or ${LEGACY.join(', ')}, ${encoding} cannot be read here`,
    );
  }
}

function knowsHeader(bytes: Uint8Array, encoding: string): boolean {
  const end = bytes.indexOf(10);
  const cells = Buffer.from(decoded(bytes.subarray(0, end < 0 ? bytes.length : end), encoding)).toString();
  const names = cells.split(/[,;\t|]/).map((cell) => cell.replace(/^\s*"|"\s*$/g, ''));
  return columnsOf(names).filter(({ role }) => role !== 'extra').length >= Math.max(2, names.length / 2);
}
