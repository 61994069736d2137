import type { FileHandle } from 'node:fs/promises';
import { doublesOf } from './arrow-bars';

const HEAD_BYTES = 16;
const MAGIC = 'ARROW1\0\0';
const CONTINUATION = -1;
/** So many times are read at once where a bound is searched. */
const SEARCHED_AT_ONCE = 512;

/** Columns of an open file of `arrowBars`, read by their places: no library, no byte that was not asked for. */
export class ColumnPlaces {
  private constructor(
    private readonly file: FileHandle,
    private readonly firstByte: number,
    readonly rows: number,
  ) {}

  /** @throws Error for what cannot be such a file */
  static async of(file: FileHandle, size: number, rows: number, columns: number): Promise<ColumnPlaces> {
    const head = Buffer.alloc(HEAD_BYTES);
    await fill(file, head, 0);
    const isArrow = head.toString('latin1', 0, 8) === MAGIC && head.readInt32LE(8) === CONTINUATION;
    const firstByte = HEAD_BYTES + head.readInt32LE(12);
    if (!isArrow || firstByte < HEAD_BYTES || firstByte + columns * rows * 8 > size)
      throw new Error('it does not begin as it was written');
    return new ColumnPlaces(file, firstByte, rows);
  }

  /** Rows [from, to) of the first `count` columns, each in memory of its own. @throws Error where the file ends before */
  async read(count: number, from: number, to: number): Promise<Float64Array[]> {
    const columns = await Promise.all(Array.from({ length: count }, (_, i) => this.column(i, from, to)));
    doublesOf(columns[0]);
    return columns;
  }

  /** Index of the first open time that is at or after `ms`. */
  async firstFrom(ms: number): Promise<number> {
    let [from, to] = [0, this.rows];
    while (to - from > SEARCHED_AT_ONCE) {
      const middle = (from + to) >> 1;
      const [[time]] = await this.read(1, middle, middle + 1);
      if (time >= ms) to = middle;
      else from = middle + 1;
    }
    const [times] = await this.read(1, from, to);
    const at = times.findIndex((time) => time >= ms);
    return at < 0 ? to : from + at;
  }

  private async column(at: number, from: number, to: number): Promise<Float64Array> {
    const column = new Float64Array(to - from);
    await fill(this.file, new Uint8Array(column.buffer), this.firstByte + (at * this.rows + from) * 8);
    return column;
  }
}

/** @throws Error where the file ends before */
async function fill(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw new Error('it is cut off');
    at += bytesRead;
  }
}
