import type { MatrixKernels } from './kernels/matrix-kernels';
import { addressOf, type Series, SLACK, TILE_BARS } from './series';

/** Lanes of the largest compiled group: means first, then sums. */
export const [MEANS, SUMS] = [8, 4];
const LANES = MEANS + SUMS;
const TABLE = 3 * LANES;
export const lanesLength = TABLE + TILE_BARS + SLACK;

/** A recursion from one column to another with one number carried on. */
export interface Lane {
  readonly x: Series;
  readonly out: Series;
  readonly factor: number;
  /** The number carried on. */
  value: number;
  /** True when its next bar is taken as all later ones are. */
  isWarm(from: number): boolean;
}

/**
 * Recursions for a compiled loop that takes a bar of all of them at a time. Lanes that are left over write to a tile that
 * nobody reads.
 */
export class LaneTable {
  private readonly places: Uint32Array;
  private readonly lanes: readonly (Lane | undefined)[];

  /** @param state `lanesLength` numbers */
  constructor(
    private readonly state: Float64Array,
    means: readonly (Lane | undefined)[],
    sums: readonly Lane[],
  ) {
    this.places = new Uint32Array(state.buffer, state.byteOffset, 2 * LANES);
    this.lanes = Array.from({ length: LANES }, (_, k) => (k < MEANS ? means[k] : sums[k - MEANS]));
  }

  /** The bars [from, from + count), an even number of them. */
  run(loop: MatrixKernels['wilderSums4'], from: number, count: number): void {
    const { state, places, lanes } = this;
    const any = lanes.find((lane) => lane !== undefined)!;
    for (let k = 0; k < LANES; k++) {
      const lane = lanes[k];
      places[2 * k] = addressOf((lane ?? any).x, from);
      places[2 * k + 1] = lane ? addressOf(lane.out, from) : state.byteOffset + 8 * TABLE;
      state[LANES + k] = (lane ?? any).factor;
      state[2 * LANES + k] = lane ? lane.value : 0;
    }
    loop(state.byteOffset, count);
  }

  /** The number that a lane carries on after the bars of the last run. */
  valueOf(lane: Lane): number {
    return this.state[2 * LANES + this.lanes.indexOf(lane)];
  }
}
