import { createHash } from 'node:crypto';
import { STANDARD_COLUMNS } from '@assay/domain';
import type { JudgedColumns } from './bar-windows';

const ROWS_A_PIECE = 512;
const WIDTH = 1 + STANDARD_COLUMNS.length;

/** SHA-256 over the open times and values of bars, which tells whether a finding is still about the same ones. */
export class BarDigest {
  private readonly hash = createHash('sha256');
  private readonly piece = new Float64Array(ROWS_A_PIECE * WIDTH);
  private filled = 0;

  /** Takes one bar of a window, further columns left out. */
  add(bars: JudgedColumns, i: number): void {
    this.put(bars.openTimeMs[i]);
    for (const name of STANDARD_COLUMNS) this.put(bars[name][i]);
  }

  /** Takes a number that stands for bars, such as the time of one that is not there. */
  put(value: number): void {
    if (this.filled === this.piece.length) this.flush();
    this.piece[this.filled++] = value;
  }

  hex(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  private flush(): void {
    this.hash.update(new Uint8Array(this.piece.buffer, 0, this.filled * Float64Array.BYTES_PER_ELEMENT));
    this.filled = 0;
  }
}
