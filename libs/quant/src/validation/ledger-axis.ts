/** Bars in a block: about a month of daily bars. */
export const BLOCK_BARS = 21;

/** Where the bars of a trial stand among the draws; -1 for a bar of no block. */
export interface BarPlaces {
  readonly bars: Int32Array;
  readonly blocks: Int32Array;
  /** Position of the first bar among all bars by time, where the others follow without gaps; else null. */
  readonly from: number | null;
}

const NO_BLOCK = -1;

/**
 * The sorted union of the bar times of a ledger, and its blocks of 21 bars from the candidate's first bar on, of which an
 * incomplete last one is dropped. Places are in the order in which draws are taken: those of the candidate first, then the
 * others by time. So what a ledger holds besides never moves a draw of the candidate.
 */
export class LedgerAxis {
  readonly bars: number;
  readonly ownBars: number;
  readonly blocks: number;
  readonly ownBlocks: number;
  private readonly times: Float64Array;
  /** Of the bars by time. */
  readonly barPlaces: Int32Array;
  private readonly blockPlaces: Int32Array;
  private readonly known = new Map<Float64Array, BarPlaces>();

  /** @param candidate ascending, as all are */
  constructor(candidate: Float64Array, others: readonly Float64Array[]) {
    const times = others.reduce(union, candidate);
    const own = positionsIn(times, candidate);
    const first = own[0];
    const low = Math.floor(-first / BLOCK_BARS);
    // complete blocks alone, counted from the lowest one
    const blocks = Math.floor((times.length - first) / BLOCK_BARS) - low;
    const block = Int32Array.from(times, (_, position) => {
      const at = Math.floor((position - first) / BLOCK_BARS) - low;
      return at < blocks ? at : NO_BLOCK;
    });
    const bars = placesOf(times.length, own);
    const ownBlocks = own.map((position) => block[position]).filter((at) => at !== NO_BLOCK);
    const places = placesOf(blocks, ownBlocks);
    this.times = times;
    this.bars = times.length;
    this.ownBars = own.length;
    this.blocks = blocks;
    this.ownBlocks = new Set(ownBlocks).size;
    this.barPlaces = bars;
    this.blockPlaces = block.map((at) => (at === NO_BLOCK ? NO_BLOCK : places[at]));
  }

  /** Times that were asked for before give the same object. */
  placesOf(times: Float64Array): BarPlaces {
    const before = this.known.get(times);
    if (before !== undefined) return before;
    const positions = positionsIn(this.times, times);
    const [first, last] = [positions[0] ?? 0, positions.at(-1) ?? -1];
    const places = {
      bars: positions.map((position) => this.barPlaces[position]),
      blocks: positions.map((position) => this.blockPlaces[position]),
      from: last - first === positions.length - 1 ? first : null,
    };
    this.known.set(times, places);
    return places;
  }
}

/** Of `count` things those in `first` come first, in their order, then the rest. */
function placesOf(count: number, first: Int32Array): Int32Array {
  const places = new Int32Array(count).fill(-1);
  let next = 0;
  for (const thing of first) if (places[thing] < 0) places[thing] = next++;
  for (let thing = 0; thing < count; thing++) if (places[thing] < 0) places[thing] = next++;
  return places;
}

/** Where ascending times stand among ascending times that hold them all. */
export function positionsIn(all: Float64Array, times: Float64Array): Int32Array {
  const positions = new Int32Array(times.length);
  for (let i = 0, at = 0; i < times.length; i++) {
    while (all[at] < times[i]) at++;
    positions[i] = at;
  }
  return positions;
}

function union(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const next = j >= b.length || a[i] <= b[j] ? a[i] : b[j];
    if (a[i] === next) i++;
    if (b[j] === next) j++;
    both[count++] = next;
  }
  return both.slice(0, count);
}
