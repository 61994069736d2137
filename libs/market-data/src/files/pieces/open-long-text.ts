import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { isDomainError } from '@assay/primitives';
import type { ReadNotes } from '../read-note';
import { TextFile } from '../rows/text-source';
import type { FileText } from '../unwrap/file-text';
import { looksLikeJson } from '../unwrap/json-text';
import { tooLarge } from '../unwrap/limit';
import { damagedGzip, isGzip, isZip, kindOf, noteGzip, requireBars, requireFewContainers } from '../unwrap/unwrap';

export interface LongTextOptions {
  name?: string;
  /** For what is between. */
  folder: string;
  /** Texts of at most so many bytes are not long. */
  wholeBytes: number;
  /** Of a text, so much lies in memory at a time. */
  pieceBytes: number;
  /** Most bytes of a text on disk. */
  mostBytes: number;
}

/** A text that is read in pieces, or one that lies in memory; null for a file that is read as it is. */
export type OpenedText =
  { kind: 'pieces'; text: Omit<FileText, 'bytes'>; source: TextFile } | { kind: 'whole'; text: FileText } | null;

const HEAD_BYTES = 4096;
/** Ends of lines are looked for in parts so long; no line is longer. */
const CHECKED_BYTES = 1024 * 1024;

/**
 * Opens a file whose text is too long for memory: text in UTF-8, plain or in gzip, and Parquet. Others are read as a whole.
 * @throws DomainError as for a file in memory
 */
export async function openLongText(path: string, options: LongTextOptions, notes: ReadNotes): Promise<OpenedText> {
  const { folder, wholeBytes, mostBytes } = options;
  let at = path;
  let name = options.name ?? null;
  let head = await headOf(at);
  for (let depth = 0; isGzip(head); depth += 1) {
    requireFewContainers(depth);
    const unpacked = join(folder, `unpacked-${depth}`);
    await gunzipTo(at, unpacked, name, mostBytes);
    if (at !== path) await rm(at);
    [at, name, head] = [unpacked, noteGzip(name, notes), await headOf(unpacked)];
  }
  if (isZip(head)) return null;
  requireBars(head);
  const kind = kindOf(head);
  if (kind === 'arrow') return null;
  if (kind === 'parquet') {
    const columnar = await import('../columnar/index.js');
    notes.facts.format = 'Parquet';
    const target = join(folder, 'bars.txt');
    await columnar.parquetToText(at, target, name, mostBytes);
    const text = { name, ...columnar.PARQUET_TEXT };
    if ((await stat(target)).size > wholeBytes)
      return { kind: 'pieces', text, source: new TextFile(target, options.pieceBytes) };
    return { kind: 'whole', text: { ...text, bytes: await readFile(target) } };
  }
  if ((await stat(at)).size <= wholeBytes || looksLikeJson(head) || !(await isUtf8File(at))) return null;
  notes.facts.encoding = 'UTF-8';
  notes.facts.format = 'delimited text';
  return { kind: 'pieces', text: { name, place: 'line' }, source: new TextFile(at, options.pieceBytes) };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function gunzipTo(path: string, target: string, name: string | null, most: number): Promise<void> {
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes > most) next(tooLarge(name ?? 'the gzip file', most));
      else next(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip(), counting, createWriteStream(target, { mode: 0o600 }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw isDomainError(error) || !/^Z_|^ERR_/.test(code ?? '') ? error : damagedGzip(error as Error);
  }
}

/** Whether all of it is UTF-8, looked at up to the end of a line at a time. A zero byte is none of a text's. */
async function isUtf8File(path: string): Promise<boolean> {
  const part = Buffer.allocUnsafe(CHECKED_BYTES);
  const file = await open(path, 'r');
  try {
    for (let kept = 0; ;) {
      const { bytesRead } = await file.read(part, kept, part.length - kept);
      const bytes = part.subarray(0, kept + bytesRead);
      if (bytesRead === 0) return isUtf8(bytes) && !bytes.includes(0);
      const end = bytes.lastIndexOf(10) + 1;
      if (end === 0 && bytes.length === part.length) return false;
      if (!isUtf8(bytes.subarray(0, end)) || bytes.includes(0)) return false;
      part.copyWithin(0, end, bytes.length);
      kept = bytes.length - end;
    }
  } finally {
    await file.close();
  }
}
