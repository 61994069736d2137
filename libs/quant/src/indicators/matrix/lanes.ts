import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, type Series, SLACK, TILE_BARS } from './series';

/** Lanes of the largest compiled group. */
const LANES = 8;
const TABLE = 3 * LANES;
const VALUES = 2 * LANES;
export const lanesLength = TABLE + TILE_BARS + SLACK;

/** A recursion from one column to another with one number carried on. */
export interface Lane {
  readonly x: Series;
  readonly out: Series;
  readonly factor: number;
}

/**
 * Up to eight recursions for a compiled loop that takes a bar of all of them at a time. Where they are fewer than its
 * lanes, the rest writes to a tile that nobody reads.
 */
export class LaneTable {
  private readonly places: Uint32Array;

  /** @param state `lanesLength` numbers */
  constructor(private readonly state: Float64Array) {
    this.places = new Uint32Array(state.buffer, state.byteOffset, 2 * LANES);
  }

  /** The numbers carried on after the bars [from, from + count), an even number of them, from those before. */
  run(
    loop: MatrixKernels['wilderSums4'],
    lanes: readonly Lane[],
    before: readonly number[],
    from: number,
    count: number,
  ): Float64Array {
    const { state, places } = this;
    for (let k = 0; k < LANES; k++) {
      const { x, out, factor } = lanes[k < lanes.length ? k : 0];
      places[2 * k] = addressOf(x, from);
      places[2 * k + 1] = k < lanes.length ? addressOf(out, from) : state.byteOffset + 8 * TABLE;
      state[LANES + k] = factor;
      state[VALUES + k] = before[k] ?? 0;
    }
    loop(state.byteOffset, count);
    return state.subarray(VALUES, VALUES + lanes.length);
  }
}
