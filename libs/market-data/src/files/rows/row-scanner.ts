const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;

/** First index from `at` on of the delimiter, a line end or the end. */
function cellEnd(bytes: Uint8Array, at: number, delimiter: number): number {
  const { length } = bytes;
  let end = at;
  while (end < length && bytes[end] !== delimiter && bytes[end] !== NEWLINE) end += 1;
  return end;
}

/** Tells which rows are not read. */
export interface RowFilter {
  isOther(scanner: RowScanner): boolean;
}

/** Finds the cells of one row after another; `starts` and `ends` hold the trimmed, unquoted byte ranges of the last row. */
export class RowScanner {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Cells of the last row, also those beyond the width. */
  cells = 0;
  /** Whether the last row had nothing in it. */
  blank = false;

  constructor(
    readonly bytes: Uint8Array,
    private readonly delimiter: number,
    private readonly width: number,
  ) {
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
  }

  /** Scans the row that begins at `from` and gives the start of the next. */
  next(from: number): number {
    this.cells = 0;
    let at = from;
    for (;;) {
      at = this.bytes[at] === QUOTE ? this.quoted(at) : this.plain(at);
      if (this.bytes[at] !== this.delimiter || at >= this.bytes.length) break;
      at += 1;
    }
    this.blank = this.cells === 1 && this.starts[0] === this.ends[0];
    return at + 1;
  }

  private plain(from: number): number {
    const { bytes } = this;
    const to = cellEnd(bytes, from, this.delimiter);
    let start = from;
    let end = to;
    if (end > start && bytes[end - 1] === RETURN) end -= 1;
    while (start < end && bytes[start] === SPACE) start += 1;
    while (end > start && bytes[end - 1] === SPACE) end -= 1;
    this.put(start, end);
    return to;
  }

  private quoted(from: number): number {
    const close = this.bytes.indexOf(QUOTE, from + 1);
    const end = close < 0 ? this.bytes.length : close;
    this.put(from + 1, end);
    return cellEnd(this.bytes, end, this.delimiter);
  }

  private put(start: number, end: number): void {
    if (this.cells < this.width) {
      this.starts[this.cells] = start;
      this.ends[this.cells] = end;
    }
    this.cells += 1;
  }
}
