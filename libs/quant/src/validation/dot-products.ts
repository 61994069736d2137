import { Layout } from '../kernels/web-assembly';
import { compiledProducts, padded, ROW_GROUP, type CompiledProducts } from './kernels/compiled-products';

/** Columns taken at a time. */
export const TILE_COLUMNS = 32;

/** Columns of a panel, as the kernel takes them. */
export const PANEL_COLUMNS = 4;
const DOUBLE = 8;

/**
 * Dot products of many rows with a few columns at a time. Each is the sum of a[t] x b[t] in ascending t from one
 * accumulator, with the bits of that plain loop whether compiled or not.
 */
export interface DotProducts {
  /**
   * Products with at most `TILE_COLUMNS` columns: out[c x rows + r] for the rows r from `from` on; earlier ones are left
   * as they are.
   */
  times(columns: readonly Float64Array[], out: Float64Array, from?: number): void;
}

/** @param rows of equal length; they are copied, or kept and must not change. */
export function dotProducts(rows: readonly Float64Array[], kernel: 'compiled' | 'plain' = 'compiled'): DotProducts {
  const length = rows[0]?.length ?? 0;
  const layout = new Layout();
  const count = padded(rows.length, ROW_GROUP);
  const at = {
    rows: layout.place(count * length * DOUBLE),
    tile: layout.place(TILE_COLUMNS * length * DOUBLE),
    out: layout.place(TILE_COLUMNS * count * DOUBLE),
  };
  const kernels = kernel === 'compiled' && length > 0 ? compiledProducts(layout.end) : null;
  return kernels === null ? new PlainProducts(rows) : new VectorProducts(rows, length, kernels, at);
}

/** Writes columns as the kernel takes them, with zeros up to a whole panel. */
export function fillPanels(tile: Float64Array, columns: readonly Float64Array[], length: number): void {
  for (let c = 0; c < padded(columns.length, PANEL_COLUMNS); c++) {
    const base = Math.floor(c / PANEL_COLUMNS) * PANEL_COLUMNS * length + (c % PANEL_COLUMNS);
    if (c >= columns.length) for (let t = 0; t < length; t++) tile[base + t * PANEL_COLUMNS] = 0;
    else {
      const column = columns[c];
      for (let t = 0; t < length; t++) tile[base + t * PANEL_COLUMNS] = column[t];
    }
  }
}

class PlainProducts implements DotProducts {
  constructor(private readonly rows: readonly Float64Array[]) {}

  times(columns: readonly Float64Array[], out: Float64Array, from = 0): void {
    const { rows } = this;
    for (let c = 0; c < columns.length; c++) {
      const b = columns[c];
      for (let r = from; r < rows.length; r++) {
        const a = rows[r];
        let sum = 0;
        for (let t = 0; t < a.length; t++) sum += a[t] * b[t];
        out[c * rows.length + r] = sum;
      }
    }
  }
}

class VectorProducts implements DotProducts {
  private readonly count: number;

  constructor(
    rows: readonly Float64Array[],
    private readonly length: number,
    private readonly kernels: CompiledProducts,
    private readonly at: { rows: number; tile: number; out: number },
  ) {
    this.count = rows.length;
    const memory = new Float64Array(kernels.buffer, at.rows, rows.length * length);
    rows.forEach((row, r) => memory.set(row, r * length));
  }

  times(columns: readonly Float64Array[], out: Float64Array, from = 0): void {
    const { count, length, kernels, at } = this;
    const panels = Math.ceil(columns.length / PANEL_COLUMNS);
    const width = panels * PANEL_COLUMNS;
    const tile = new Float64Array(kernels.buffer, at.tile, width * length);
    fillPanels(tile, columns, length);
    const first = from - (from % ROW_GROUP);
    const rows = padded(count, ROW_GROUP) - first;
    kernels.products64(at.rows + first * length * DOUBLE, rows, length, length, at.tile, panels, at.out);
    const found = new Float64Array(kernels.buffer, at.out, rows * width);
    for (let c = 0; c < columns.length; c++) {
      for (let r = from; r < count; r++) out[c * count + r] = found[(r - first) * width + c];
    }
  }
}
