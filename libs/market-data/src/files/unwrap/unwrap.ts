import { gunzipSync } from 'node:zlib';
import { invalid } from '@assay/primitives';
import type { ReadNotes } from '../read-note';
import { MOST_BYTES, tooLarge, unreadable } from './limit';
import { unzipped, zipEntries, type ZipEntry } from './zip';

/** What lies in the containers of a file. */
export interface Unwrapped {
  kind: 'text' | 'parquet' | 'arrow';
  bytes: Buffer;
  name: string | null;
}

export interface UnwrapOptions {
  name?: string;
  symbol?: string;
  mostBytes?: number;
  /** XML is handed on as text, instead of being taken for a web page. */
  markup?: boolean;
}

const MOST_CONTAINERS = 4;
/** What a file begins with, and what to do where it is none of ours. */
const REFUSED: readonly (readonly [begin: string, what: string, todo: string])[] = [
  ['28b52ffd', 'packed by zstd', 'unpack it first, or pack it by gzip'],
  ['fd377a585a00', 'packed by xz', 'unpack it first, or pack it by gzip'],
  ['425a68', 'packed by bzip2', 'unpack it first, or pack it by gzip'],
  ['377abcaf271c', 'a 7z archive', 'unpack it first, or pack it as zip'],
  ['526172211a07', 'a rar archive', 'unpack it first, or pack it as zip'],
  ['d0cf11e0a1b11ae1', 'an Excel workbook', 'save its sheet as CSV'],
  ['46454131', 'Feather version 1', 'write it as version 2'],
  ['894844460d0a1a0a', 'HDF5', 'write it as Parquet or CSV'],
  ['25504446', 'a PDF document', 'take the table as CSV'],
];
const begins = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/** Opens gzip and zip, one inside another too, within the bound. @throws DomainError for what holds no bars */
export function unwrap(input: Uint8Array, options: UnwrapOptions, notes: ReadNotes): Unwrapped {
  const most = options.mostBytes ?? MOST_BYTES;
  let bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  let name = options.name ?? null;
  for (let depth = 0; isGzip(bytes) || isZip(bytes); depth += 1) {
    requireFewContainers(depth);
    if (isGzip(bytes)) {
      bytes = gunzipped(bytes, name, most);
      name = noteGzip(name, notes);
    } else {
      const entry = entryOf(zipEntries(bytes), options.symbol);
      bytes = unzipped(bytes, entry, most);
      name = entry.name;
      notes.facts.containers.push(`zip: ${name}`);
      notes.recognise('container', `the file is a zip archive with ${name}`);
    }
  }
  requireBars(bytes, options);
  return { kind: kindOf(bytes), bytes, name };
}

export const isGzip = (bytes: Buffer): boolean => begins(bytes, '1f8b');
export const isZip = (bytes: Buffer): boolean => begins(bytes, '504b0304') || begins(bytes, '504b0506');

/** @throws DomainError for one container too many */
export function requireFewContainers(depth: number): void {
  if (depth === MOST_CONTAINERS)
    throw unreadable('containers', `content must lie in at most ${MOST_CONTAINERS} containers, one inside another`);
}

/** @returns the name of the file inside */
export function noteGzip(name: string | null, notes: ReadNotes): string | null {
  notes.facts.containers.push('gzip');
  notes.recognise('container', 'the file is packed by gzip');
  return name?.replace(/\.gz(ip)?$/i, '') ?? null;
}

/** @throws DomainError for files that begin as none of ours does */
export function requireBars(bytes: Buffer, options: Pick<UnwrapOptions, 'markup'> = {}): void {
  const refused = REFUSED.find(([begin]) => begins(bytes, begin));
  if (refused)
    throw unreadable(
      'file_kind',
      `content must be bars as text, JSON, Parquet or Arrow, was ${refused[1]}: ${refused[2]}`,
      refused[1],
    );
  if (!options.markup && /^\s*<(!doctype|html|\?xml|head|body)/i.test(bytes.toString('latin1', 0, 200)))
    throw unreadable(
      'file_kind',
      'content must be bars as text, JSON, Parquet or Arrow, was a web page: open its address to see what it says instead of the file',
    );
}

/** Whether a file is anything but plain text: what it unpacks to is not known by its length. */
export const isPacked = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.byteLength));
  return begins(head, '1f8b') || begins(head, '504b') || kindOf(head) !== 'text';
};

export function kindOf(bytes: Buffer): Unwrapped['kind'] {
  if (begins(bytes, Buffer.from('PAR1').toString('hex'))) return 'parquet';
  // an Arrow file, or a stream: its first message is a schema behind a continuation mark
  return begins(bytes, Buffer.from('ARROW1').toString('hex')) || begins(bytes, 'ffffffff') ? 'arrow' : 'text';
}

function gunzipped(bytes: Buffer, name: string | null, most: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name ?? 'the gzip file', most);
    throw damagedGzip(error as Error);
  }
}

export const damagedGzip = ({ message }: Error): Error =>
  unreadable('gzip', `content must be whole gzip data, was damaged or cut off: ${message}`);

const stem = (name: string): string =>
  name
    .replace(/^.*\//, '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase();

/** The only file of an archive, or the only one whose name begins with the symbol. @throws DomainError that lists them */
function entryOf(entries: readonly ZipEntry[], symbol: string | undefined): ZipEntry {
  const workbook = entries.some(({ name }) => name === '[Content_Types].xml');
  if (workbook)
    throw unreadable(
      'file_kind',
      'content must be bars as text, JSON, Parquet or Arrow, was an Excel workbook: save its sheet as CSV',
    );
  if (entries.length === 1) return entries[0];
  const wanted = symbol?.toLowerCase();
  const named = entries.filter(({ name }) => {
    const [known, rest] = [stem(name), wanted ?? ''];
    return rest !== '' && known.startsWith(rest) && !/^[a-z0-9]/.test(known.slice(rest.length));
  });
  if (named.length === 1) return named[0];
  const names = entries.map(({ name }) => name);
  const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
  if (names.length === 0) throw unreadable('one_file', 'content must be an archive with a file, was an empty one');
  const message = `symbol must name one of the ${names.length} files of the archive, ${names.slice(0, 20).join(', ')}${more}, was ${symbol || 'missing'}`;
  throw invalid([{ field: 'symbol', rule: 'one_file', value: symbol ?? null, message }]);
}
