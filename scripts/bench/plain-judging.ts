import { createRng } from '@assay/quant';

/** Trials over the same bars, and buy and hold of their market: its whole history, of which theirs are the last bars. */
export interface PlainLedger {
  readonly trials: readonly Float64Array[];
  readonly held: Float64Array;
}

/** What the draws are held against, and how many of them are made here. */
export interface PlainDraws {
  readonly threshold: number;
  readonly draws: number;
  readonly seed: number;
}

export interface PlainJudging {
  /** Of all draws and all pairs of trials, from those that were made. */
  readonly ms: number;
  /** Draws that reach the threshold, of those that were made. */
  readonly reached: number;
}

/** Draws of the policy. */
const DRAWS = 10_000;
/** Trials whose correlations with all others are made. */
const CORRELATED = 300;

/**
 * The sums that a ledger is judged by, in the plainest loops: products of all columns with the draws of the bars' test, correlations of
 * all trials, ratios of all trials in all splits of PBO. Of the first two a part is made, and timed for the whole.
 */
export function plainJudging(ledger: PlainLedger, asked: PlainDraws): PlainJudging {
  const rows = ledger.trials.flatMap((x) => columnsOf(x, ledger.held));
  let reached = 0;
  const drawn = msOf(() => (reached = reachedBy(rows, asked)));
  const { trials } = ledger;
  const m = trials.length;
  const taken = Math.min(m, CORRELATED);
  const correlated = msOf(() => correlate(trials, taken));
  const split = msOf(() => splits(trials));
  return { ms: (drawn * DRAWS) / asked.draws + (correlated * m) / (2 * taken) + split, reached };
}

function msOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Residuals of a trial on its market, of length 1: as they are, and by the volatility of the market as it was known before each bar. */
function columnsOf(x: Float64Array, held: Float64Array): Float64Array[] {
  const first = held.subarray(0, 63);
  const centre = first.reduce((sum, b) => sum + b, 0) / 63;
  let variance = first.reduce((sum, b) => sum + (b - centre) ** 2, 0) / 63;
  const clock = held.map((_, t) => {
    if (t > 0) variance = 0.97 * variance + 0.03 * held[t - 1] ** 2;
    return Math.sqrt(variance);
  });
  const from = held.length - x.length;
  const own = clock.slice(from);
  const sorted = own.slice().sort();
  const middle = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  const sigma = own.map((one) => Math.max(one, 0.25 * middle));
  const market = held.slice(from);
  return [
    [x, market],
    [x.map((r, t) => r / sigma[t]), market.map((b, t) => b / sigma[t])],
  ].map(([r, b]) => {
    const [meanR, meanB] = [r, b].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
    let [covariance, spread] = [0, 0];
    for (let t = 0; t < r.length; t++) {
      covariance += (b[t] - meanB) * (r[t] - meanR);
      spread += (b[t] - meanB) ** 2;
    }
    const u = r.map((value, t) => value - meanR - (covariance / spread) * (b[t] - meanB));
    const length = Math.sqrt(u.reduce((sum, value) => sum + value * value, 0));
    return u.map((value) => value / length);
  });
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t] * b[t];
  return sum;
}

function reachedBy(rows: readonly Float64Array[], { threshold, draws, seed }: PlainDraws): number {
  const stream = createRng(`${seed} bar candidate`);
  let reached = 0;
  for (let d = 0; d < draws; d++) {
    const draw = rows[0].map(() => stream.normal());
    let isReached = false;
    for (let i = 0; i < rows.length && !isReached; i++) {
      isReached = product(rows[i], draw) >= threshold;
    }
    if (isReached) reached++;
  }
  return reached;
}

function correlate(trials: readonly Float64Array[], taken: number): Float64Array {
  const found = new Float64Array(taken * trials.length);
  for (let i = 0; i < taken; i++) {
    for (let j = 0; j < trials.length; j++) found[i * trials.length + j] = product(trials[i], trials[j]);
  }
  return found;
}

const BLOCKS = 16;

/** Both ratios of each trial in each choice of half of the blocks, and the rank of the best one. */
function splits(trials: readonly Float64Array[]): number {
  const size = Math.floor(trials[0].length / BLOCKS);
  const n = (size * BLOCKS) / 2;
  const sums = trials.map((series) =>
    Array.from({ length: BLOCKS }, (_, block) => {
      let [sum, square] = [0, 0];
      for (let t = block * size; t < (block + 1) * size; t++) {
        sum += series[t];
        square += series[t] * series[t];
      }
      return [sum, square];
    }),
  );
  const ratio = (sum: number, square: number): number => sum / n / Math.sqrt(square / n - (sum / n) ** 2);
  const outside = new Float64Array(trials.length);
  let low = 0;
  for (let choice = 0; choice < 2 ** BLOCKS; choice++) {
    const chosen: number[] = [];
    for (let block = 0; block < BLOCKS; block++) if (choice & (1 << block)) chosen.push(block);
    if (chosen.length !== BLOCKS / 2) continue;
    let [best, selected] = [-Infinity, 0];
    for (let i = 0; i < trials.length; i++) {
      const own = sums[i];
      let [sum, square, otherSum, otherSquare] = [0, 0, 0, 0];
      for (let block = 0; block < BLOCKS; block++) {
        if (choice & (1 << block)) {
          sum += own[block][0];
          square += own[block][1];
        } else {
          otherSum += own[block][0];
          otherSquare += own[block][1];
        }
      }
      const inside = ratio(sum, square);
      outside[i] = ratio(otherSum, otherSquare);
      if (inside > best) [best, selected] = [inside, i];
    }
    let rank = 0;
    for (let i = 0; i < trials.length; i++) if (outside[i] <= outside[selected]) rank++;
    if (rank <= (trials.length + 1) / 2) low++;
  }
  return low;
}
