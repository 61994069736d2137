/** One state of an article: what it said from `availableMs` on. States with one `article` are revisions of each other. */
export interface NewsState {
  article: string;
  availableMs: number;
  score: number;
}

export const NEWS_MEASURES = ['sentiment', 'momentum', 'divergence', 'count'] as const;
export type NewsMeasure = (typeof NEWS_MEASURES)[number];

export interface NewsWindow {
  /** An article counts from its availability on for so long. */
  windowMs: number;
  /** Age at which it counts half; Infinity: all count alike. */
  halfLifeMs: number;
}

/** Bars beside which news stand. */
export interface BarsOfNews {
  /** When each bar is complete, rising. */
  closesMs: Float64Array;
  /** Adjusted. */
  close: Float64Array;
}

/** Bars whose returns say how far prices usually move, and the fewest of them. */
const SPREAD_BARS = 60;
const LEAST_RETURNS = 20;

/** Revisions of an article in order of availability, of one instant as they come. */
export const byAvailability = (states: readonly NewsState[]): NewsState[] =>
  [...states].sort((a, b) => a.availableMs - b.availableMs);

/**
 * A measure of the news that was known at the close of each bar, the very instant included; nothing that became available later
 * changes it. `states` by availability.
 *
 * - `sentiment`: mean score of the articles that became available within the window, from -1 to 1, each weighted by
 *   2^-(age / half-life); NaN where none did. An article's age counts from its first state, its score is that of its newest.
 * - `momentum`: that, less the same a window earlier, as it was known then.
 * - `divergence`: that, less the price move over the window in standard deviations of such moves (of the last 60 bars), squeezed into
 *   -1 to 1 by x / sqrt(1 + x^2): above 0 the news are better than the price says.
 * - `count`: articles within the window; NaN before the first article of all, when nothing says that there would have been news.
 */
export function newsColumn(
  measure: NewsMeasure,
  states: readonly NewsState[],
  bars: BarsOfNews,
  window: NewsWindow,
): Float64Array {
  const { closesMs } = bars;
  if (measure === 'count') return scan(states, closesMs, window).count;
  const { score } = scan(states, closesMs, window);
  if (measure === 'sentiment') return score;
  if (measure === 'momentum') {
    const before = scan(
      states,
      closesMs.map((ms) => ms - window.windowMs),
      window,
    ).score;
    return score.map((value, t) => value - before[t]);
  }
  const moves = squeezedMoves(bars, window.windowMs);
  return score.map((value, t) => value - moves[t]);
}

interface Active {
  firstMs: number;
  score: number;
}

/** Weighted mean score and count of the articles of the window that ends at each time. One pass over both. */
function scan(
  states: readonly NewsState[],
  timesMs: Float64Array,
  { windowMs, halfLifeMs }: NewsWindow,
): { score: Float64Array; count: Float64Array } {
  const [score, count] = [new Float64Array(timesMs.length), new Float64Array(timesMs.length)];
  const known = new Map<string, Active>();
  // in the order in which they were first known
  const active: Active[] = [];
  let [next, from] = [0, 0];
  for (let t = 0; t < timesMs.length; t++) {
    const time = timesMs[t];
    for (; next < states.length && states[next].availableMs <= time; next++) {
      const { article, availableMs, score: newest } = states[next];
      const one = known.get(article);
      if (one !== undefined) one.score = newest;
      else {
        const added = { firstMs: availableMs, score: newest };
        known.set(article, added);
        active.push(added);
      }
    }
    while (from < active.length && active[from].firstMs <= time - windowMs) from++;
    let [sum, weights] = [0, 0];
    for (let i = from; i < active.length; i++) {
      const weight = 2 ** -((time - active[i].firstMs) / halfLifeMs);
      sum += weight * active[i].score;
      weights += weight;
    }
    score[t] = weights > 0 ? sum / weights : NaN;
    count[t] = active.length === 0 ? NaN : active.length - from;
  }
  return { score, count };
}

/** Log move since the last bar that was complete a window ago, in standard deviations of as many bars; NaN where these are not known. */
function squeezedMoves({ closesMs, close }: BarsOfNews, windowMs: number): Float64Array {
  const moves = new Float64Array(close.length).fill(NaN);
  const returns = close.map((value, t) => (t === 0 ? NaN : Math.log(value / close[t - 1])));
  let before = -1;
  for (let t = 0; t < close.length; t++) {
    while (closesMs[before + 1] <= closesMs[t] - windowMs) before++;
    const spread = spreadOf(returns.subarray(Math.max(1, t + 1 - SPREAD_BARS), t + 1));
    if (before < 0 || !(spread > 0)) continue;
    const move = Math.log(close[t] / close[before]) / (spread * Math.sqrt(t - before));
    moves[t] = move / Math.sqrt(1 + move * move);
  }
  return moves;
}

function spreadOf(returns: Float64Array): number {
  const n = returns.length;
  if (n < LEAST_RETURNS) return NaN;
  const mean = returns.reduce((sum, r) => sum + r, 0) / n;
  return Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) * (r - mean), 0) / (n - 1));
}
