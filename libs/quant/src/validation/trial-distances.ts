import { Layout, type SharedWasmMemory } from '../kernels/web-assembly';
import { helpTeam } from '../team/help-team';
import { Team } from '../team/team';
import type { TeamHelpers } from '../team/team-helpers';
import { MOST_PARTS, WORD } from '../team/team-words';
import { fillPanels, PANEL_COLUMNS, TILE_COLUMNS } from './dot-products';
import {
  compiledProducts,
  padded,
  productsOn,
  ROW_GROUP,
  sharedProducts,
  type CompiledProducts,
  type SharedProducts,
} from './kernels/compiled-products';

interface DistanceShape {
  readonly trials: number;
  readonly length: number;
  readonly threads: number;
}

/** Distances as the threads that help with them get them. */
export interface DistanceJob {
  readonly kind: 'distances';
  /** Number of the thread, from 1 on: who leads is number 0. */
  readonly lane: number;
  readonly words: Int32Array;
  readonly shape: DistanceShape;
  readonly memory: SharedWasmMemory;
  readonly distances: Float64Array;
}

const DOUBLE = 8;

/** Products of trials and bars below which one thread is as fast. */
const LEAST_SHARED = 5e8;

const distanceOf = (correlation: number): number => Math.sqrt(Math.max(0, (1 - correlation) / 2));

/**
 * Distances sqrt((1 - rho) / 2) of unit-length centred series, row-major m x m, symmetric; 0 on the diagonal. Each correlation is the
 * sum in ascending order of the bars, on any number of threads.
 */
export function trialDistances(
  units: readonly Float64Array[],
  { onProgress, helpers }: { onProgress?: (fraction: number) => void; helpers?: TeamHelpers<DistanceJob> } = {},
): Float64Array {
  const m = units.length;
  const own = { trials: m, length: units[0]?.length ?? 0 };
  const tiles = Math.ceil(m / TILE_COLUMNS);
  if (helpers !== undefined && helpers.count > 0 && (m * m * own.length) / 2 >= LEAST_SHARED && tiles <= MOST_PARTS) {
    const shape = { ...own, threads: helpers.count + 1 };
    const kernels = sharedProducts(DistanceTiles.bytes(shape));
    if (kernels !== null) return distancesByTeam(units, shape, kernels, helpers, onProgress);
  }
  const shape = { ...own, threads: 1 };
  const distances = new Float64Array(m * m);
  const kernels = own.length > 0 ? compiledProducts(DistanceTiles.bytes(shape)) : null;
  if (kernels === null) fillPlainly(units, distances);
  else {
    const work = new DistanceTiles(shape, kernels, 0, distances);
    work.writeRows(units);
    for (let tile = 0; tile < tiles; tile++) {
      work.fill(tile);
      // every tile leaves fewer rows
      onProgress?.(1 - ((tiles - tile - 1) / tiles) ** 2);
    }
  }
  return distances;
}

/** Helps with distances until they are there. */
export function helpDistances({ lane, words, shape, memory, distances }: DistanceJob): void {
  const kernels = productsOn(memory, lane);
  // what cannot be compiled here the leader does alone
  if (kernels === null) return;
  const work = new DistanceTiles(shape, kernels, lane, distances);
  helpTeam(words, (_, tile) => work.fill(tile));
}

function distancesByTeam(
  units: readonly Float64Array[],
  shape: DistanceShape,
  kernels: SharedProducts,
  helpers: TeamHelpers<DistanceJob>,
  onProgress: ((fraction: number) => void) | undefined,
): Float64Array {
  const m = units.length;
  const tiles = Math.ceil(m / TILE_COLUMNS);
  const distances = new Float64Array(new SharedArrayBuffer(m * m * DOUBLE));
  const work = new DistanceTiles(shape, kernels, 0, distances);
  work.writeRows(units);
  const team = new Team((_, tile) => {
    work.fill(tile);
    onProgress?.(Atomics.load(team.words, WORD.done) / tiles);
  });
  const job = { kind: 'distances', words: team.words, shape, memory: kernels.memory, distances } as const;
  for (let helper = 0; helper < helpers.count; helper++) helpers.start(helper, { ...job, lane: helper + 1 });
  try {
    team.run(0, tiles);
    kernels.release();
  } finally {
    team.close();
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

/** Distances of some trials at a time to all after them; any thread may do a tile. */
class DistanceTiles {
  private readonly rowsAt: number;
  private readonly tile: Float64Array;
  private readonly out: Float64Array;

  constructor(
    private readonly shape: DistanceShape,
    private readonly kernels: CompiledProducts<ArrayBufferLike>,
    lane: number,
    private readonly distances: Float64Array,
  ) {
    const { at } = layoutOf(shape);
    this.rowsAt = at.rows;
    this.tile = new Float64Array(kernels.buffer, at.tiles[lane], TILE_COLUMNS * shape.length);
    this.out = new Float64Array(kernels.buffer, at.outs[lane], TILE_COLUMNS * padded(shape.trials, ROW_GROUP));
  }

  static bytes(shape: DistanceShape): number {
    return layoutOf(shape).end;
  }

  writeRows(units: readonly Float64Array[]): void {
    units.forEach((unit, i) => {
      const row = this.row(i);
      for (let t = 0; t < unit.length; t++) row[t] = unit[t];
    });
  }

  fill(number: number): void {
    const { shape, kernels, tile, out, distances } = this;
    const { trials: m, length } = shape;
    const from = number * TILE_COLUMNS;
    const to = Math.min(m, from + TILE_COLUMNS);
    const width = padded(to - from, PANEL_COLUMNS);
    fillPanels(
      tile,
      Array.from({ length: to - from }, (_, c) => this.row(from + c)),
      length,
    );
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

  private row(number: number): Float64Array {
    const { length } = this.shape;
    return new Float64Array(this.kernels.buffer, this.rowsAt + number * length * DOUBLE, length);
  }
}

function layoutOf({ trials, length, threads }: DistanceShape) {
  const layout = new Layout();
  const each = (bytes: number): number[] => Array.from({ length: threads }, () => layout.place(bytes));
  const rows = padded(trials, ROW_GROUP);
  // a tile that begins near the end may have rows of the next group
  const at = {
    rows: layout.place((rows + ROW_GROUP) * length * DOUBLE),
    tiles: each(TILE_COLUMNS * length * DOUBLE),
    outs: each(TILE_COLUMNS * rows * DOUBLE),
  };
  return { at, end: layout.end };
}
