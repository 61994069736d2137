import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Columns of doubles of equal length on disk, a file each; may be posted between threads. */
export interface SpoolFacts {
  folder: string;
  names: readonly string[];
  count: number;
}

const BYTES = Float64Array.BYTES_PER_ELEMENT;
const HASHED_BYTES = 512 * 1024;

const fileOf = (folder: string, column: number): string => join(folder, `${column}.f64`);
const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** Memory for a part of each column, which is read over the one before: what is left to be collected adds up to far more. */
export class Room {
  private readonly columns = new Map<string, Float64Array>();

  of(name: string, rows: number): Float64Array {
    let column = this.columns.get(name);
    if (column === undefined || column.length < rows) this.columns.set(name, (column = new Float64Array(rows)));
    return column.subarray(0, rows);
  }
}

/** Writes columns row after row. */
export class SpoolWriter {
  private count = 0;
  private readonly files: number[];

  /** @param folder which this makes */
  constructor(
    private readonly folder: string,
    private readonly names: readonly string[],
  ) {
    mkdirSync(folder, { mode: 0o700 });
    this.files = names.map((_, column) => openSync(fileOf(folder, column), 'wx', 0o600));
  }

  /** @param columns in the order of the names, equally long */
  append(columns: readonly Float64Array[]): void {
    columns.forEach((column, c) => {
      const bytes = bytesOf(column);
      for (let at = 0; at < bytes.length;) at += writeSync(this.files[c], bytes, at);
    });
    this.count += columns[0].length;
  }

  close(): SpoolFacts {
    for (const file of this.files) closeSync(file);
    const { folder, names, count } = this;
    return { folder, names, count };
  }
}

/** Reads what a writer wrote. Close it after use. */
export class ColumnSpool {
  private readonly files: Map<string, number>;

  constructor(readonly facts: SpoolFacts) {
    this.files = new Map(facts.names.map((name, column) => [name, openSync(fileOf(facts.folder, column), 'r')]));
  }

  /** Rows [from, to) of a column, in `room` where it is given. */
  read(name: string, from: number, to: number, room?: Room): Float64Array {
    const column = room?.of(name, to - from) ?? new Float64Array(to - from);
    const bytes = bytesOf(column);
    for (let at = 0; at < bytes.length;) {
      const read = readSync(this.files.get(name)!, bytes, at, bytes.length - at, from * BYTES + at);
      if (read === 0) throw new Error(`column ${name} of ${this.facts.folder} must have ${to} rows, was cut off`);
      at += read;
    }
    return column;
  }

  /** The bytes of the first `count` rows of a column, one part after another, between which others have their turn. */
  async *bytes(name: string, count: number): AsyncGenerator<Uint8Array> {
    const file = await open(fileOf(this.facts.folder, this.facts.names.indexOf(name)), 'r');
    try {
      const part = Buffer.allocUnsafe(HASHED_BYTES);
      for (let left = count * BYTES; left > 0;) {
        const { bytesRead } = await file.read(part, 0, Math.min(left, part.length));
        if (bytesRead === 0) throw new Error(`column ${name} of ${this.facts.folder} was cut off`);
        yield part.subarray(0, bytesRead);
        left -= bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  close(): void {
    for (const file of this.files.values()) closeSync(file);
  }

  /** Closes it, and removes its files. */
  remove(): void {
    this.close();
    rmSync(this.facts.folder, { recursive: true, force: true });
  }
}
