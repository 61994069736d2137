import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { unreadable } from '../unwrap/limit';

/**
 * Goes over one piece of text; a row may go on in the next one.
 *
 * @param start where in `bytes` to begin
 * @returns where the first row begins that was not read; null where enough was seen
 */
export type VisitPiece = (bytes: Uint8Array, start: number, isLast: boolean) => number | null;

/** Text that is gone over from a byte on, as often as is wanted, and lies in memory only as far as it is looked at. */
export interface TextSource {
  walk(from: number, visit: VisitPiece): void;
}

/** A text that lies in memory as a whole. */
export class WholeText implements TextSource {
  constructor(private readonly bytes: Uint8Array) {}

  walk(from: number, visit: VisitPiece): void {
    visit(this.bytes, from, true);
  }
}

/** No row of bars is nearly as long. */
const LONGEST_ROW_BYTES = 1024 * 1024;

/** A text on disk. Close it after use. */
export class TextFile implements TextSource {
  /** Its first bytes, for what is recognised by them. */
  readonly head: Uint8Array;
  readonly size: number;
  /** How far the last walk has come, from 0 to 1. */
  walked = 0;
  private readonly file: number;
  private readonly begin: number;
  private readonly buffer: Buffer;

  /** @param pieceBytes how much of it lies in memory at a time, two of its rows at least */
  constructor(path: string, pieceBytes: number) {
    this.file = openSync(path, 'r');
    this.buffer = Buffer.alloc(Math.max(pieceBytes, 16));
    const all = fstatSync(this.file).size;
    const mark = Buffer.alloc(3);
    readSync(this.file, mark, 0, 3, 0);
    this.begin = mark.toString('hex') === 'efbbbf' ? 3 : 0;
    this.size = all - this.begin;
    const head = Buffer.alloc(Math.min(LONGEST_ROW_BYTES, this.size));
    this.head = head.subarray(0, readSync(this.file, head, 0, head.length, this.begin));
  }

  walk(from: number, visit: VisitPiece): void {
    let { buffer } = this;
    let at = from;
    for (let kept = 0; ;) {
      const read = readSync(this.file, buffer, kept, buffer.length - kept, this.begin + at);
      at += read;
      this.walked = this.size === 0 ? 1 : at / this.size;
      const isLast = at >= this.size || read === 0;
      const filled = kept + read;
      const to = visit(buffer.subarray(0, filled), 0, isLast);
      if (to === null || isLast) return;
      kept = filled - to;
      if (kept < buffer.length) buffer.copyWithin(0, to, filled);
      else if (kept < LONGEST_ROW_BYTES) buffer = Buffer.concat([buffer], kept * 2);
      else
        throw unreadable(
          'max_row_bytes',
          `content must have rows of at most ${LONGEST_ROW_BYTES} bytes, one is longer`,
        );
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Whether the text has the byte at or after a place. */
export function includesByte(source: TextSource, byte: number, from: number): boolean {
  let found = false;
  source.walk(from, (bytes, start) => {
    found = bytes.indexOf(byte, start) >= 0;
    return found ? null : bytes.length;
  });
  return found;
}
