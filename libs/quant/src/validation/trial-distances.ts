import { Layout } from '../kernels/web-assembly';
import { fillPanels, PANEL_COLUMNS, TILE_COLUMNS } from './dot-products';
import { compiledProducts, padded, ROW_GROUP, type CompiledProducts } from './kernels/compiled-products';

const DOUBLE = 8;

const distanceOf = (correlation: number): number => Math.sqrt(Math.max(0, (1 - correlation) / 2));

/**
 * Distances sqrt((1 - rho) / 2) of unit-length centred series, row-major m x m, symmetric; 0 on the diagonal. Each correlation is the
 * sum in ascending order of the bars.
 */
export function trialDistances(units: readonly Float64Array[], onProgress?: (fraction: number) => void): Float64Array {
  const m = units.length;
  const length = units[0]?.length ?? 0;
  const distances = new Float64Array(m * m);
  const kernels = length > 0 ? compiledProducts(layoutOf(m, length).end) : null;
  if (kernels === null) fillPlainly(units, distances);
  else {
    const work = new DistanceTiles(units, kernels, distances);
    const tiles = Math.ceil(m / TILE_COLUMNS);
    for (let tile = 0; tile < tiles; tile++) {
      work.fill(tile);
      // every tile leaves fewer rows
      onProgress?.(1 - ((tiles - tile - 1) / tiles) ** 2);
    }
  }
  return distances;
}

function fillPlainly(units: readonly Float64Array[], distances: Float64Array): void {
  const m = units.length;
  for (let j = 0; j < m; j++) {
    for (let i = j + 1; i < m; i++) {
      let sum = 0;
      for (let t = 0; t < units[i].length; t++) sum += units[i][t] * units[j][t];
      distances[i * m + j] = distances[j * m + i] = distanceOf(sum);
    }
  }
}

/** Distances of some trials at a time to all after them. */
class DistanceTiles {
  private readonly rowsAt: number;
  private readonly tile: Float64Array;
  private readonly out: Float64Array;

  constructor(
    private readonly units: readonly Float64Array[],
    private readonly kernels: CompiledProducts,
    private readonly distances: Float64Array,
  ) {
    const [m, length] = [units.length, units[0].length];
    const { at } = layoutOf(m, length);
    this.rowsAt = at.rows;
    this.tile = new Float64Array(kernels.buffer, at.tile, TILE_COLUMNS * length);
    this.out = new Float64Array(kernels.buffer, at.out, TILE_COLUMNS * padded(m, ROW_GROUP));
    const rows = new Float64Array(kernels.buffer, at.rows, m * length);
    units.forEach((unit, i) => rows.set(unit, i * length));
  }

  fill(number: number): void {
    const { units, kernels, tile, out, distances } = this;
    const [m, length] = [units.length, units[0].length];
    const from = number * TILE_COLUMNS;
    const to = Math.min(m, from + TILE_COLUMNS);
    const width = padded(to - from, PANEL_COLUMNS);
    fillPanels(tile, units.slice(from, to), length);
    const rows = padded(m - from, ROW_GROUP);
    const start = this.rowsAt + from * length * DOUBLE;
    kernels.products64(start, rows, length, length, tile.byteOffset, width / PANEL_COLUMNS, out.byteOffset);
    for (let i = from; i < m; i++) {
      const last = Math.min(to, i);
      for (let j = from; j < last; j++) distances[i * m + j] = distanceOf(out[(i - from) * width + j - from]);
    }
    // whole lines of the cache at a time
    for (let group = from; group < m; group += TILE_COLUMNS) {
      for (let j = from; j < to; j++) {
        for (let i = Math.max(group, j + 1); i < Math.min(group + TILE_COLUMNS, m); i++)
          distances[j * m + i] = distances[i * m + j];
      }
    }
  }
}

function layoutOf(trials: number, length: number) {
  const layout = new Layout();
  const rows = padded(trials, ROW_GROUP);
  const at = {
    rows: layout.place(rows * length * DOUBLE),
    tile: layout.place(TILE_COLUMNS * length * DOUBLE),
    out: layout.place(TILE_COLUMNS * rows * DOUBLE),
  };
  return { at, end: layout.end };
}
