import { averageRanks, hasMissing, isMissing, pearsonCorrelation, simpleReturns } from '@assay/quant';
import { refuse } from '@assay/primitives';

export const CORRELATION_METHODS = ['pearson', 'spearman'] as const;
export type CorrelationMethod = (typeof CORRELATION_METHODS)[number];
export const CORRELATED = ['returns', 'close'] as const;
export type Correlated = (typeof CORRELATED)[number];

/** Two values always correlate by 1 or -1. */
export const FEWEST_OBSERVATIONS = 3;

/** Closes of one symbol by the open times of its bars, ascending. */
export interface Closes {
  symbol: string;
  openTimeMs: Float64Array;
  close: Float64Array;
}

/** As answered; rows and columns in the order of the symbols. */
export interface Correlations {
  /** Bars that all symbols have with a close, and the first and last of them. */
  common_bars: number;
  first: string;
  last: string;
  /** Returns, or closes, that each pair was correlated over. */
  observations: number;
  /** Bars that two symbols have in common; on the diagonal those that one has. */
  overlap: number[][];
  /** Null where a symbol does not vary. */
  matrix: (number | null)[][];
}

/**
 * Correlations of every two of the symbols over the bars that all of them have, by open time. Returns are from one such bar to the
 * next, so that they span the same time in each symbol.
 * @throws DomainError `insufficient_data` below 3 observations
 */
export function correlate(series: readonly Closes[], of: Correlated, method: CorrelationMethod): Correlations {
  const known = series.map(withClose);
  const overlap = known.map((a) => known.map((b) => inCommon(a.openTimeMs, b.openTimeMs).length));
  const times = known.reduce((common, { openTimeMs }) => inCommon(common, openTimeMs), known[0].openTimeMs);
  const observations = of === 'returns' ? Math.max(0, times.length - 1) : times.length;
  if (observations < FEWEST_OBSERVATIONS) throw tooFew(known, overlap, times.length, of);
  const columns = known.map((one) => {
    const closes = closesAt(one, times);
    const values = of === 'returns' ? simpleReturns(closes).subarray(1) : closes;
    return method === 'spearman' ? averageRanks(values) : values;
  });
  const matrix = columns.map((): (number | null)[] => []);
  columns.forEach((a, i) => {
    for (let k = 0; k < i; k += 1) matrix[i][k] = matrix[k][i] = pearsonCorrelation(a, columns[k]);
    matrix[i][i] = pearsonCorrelation(a, a) === null ? null : 1;
  });
  const [first, last] = [times[0], times[times.length - 1]].map((ms) => new Date(ms).toISOString());
  return { common_bars: times.length, first, last, observations, overlap, matrix };
}

function withClose({ symbol, openTimeMs, close }: Closes): Closes {
  if (!hasMissing(close)) return { symbol, openTimeMs, close };
  const has = (_: number, i: number): boolean => !isMissing(close[i]);
  return { symbol, openTimeMs: openTimeMs.filter(has), close: close.filter(has) };
}

/** Values that two ascending lists have both. */
function inCommon(a: Float64Array, b: Float64Array): Float64Array {
  const found = new Float64Array(Math.min(a.length, b.length));
  let n = 0;
  let [i, k] = [0, 0];
  while (i < a.length && k < b.length) {
    if (a[i] < b[k]) i += 1;
    else if (b[k] < a[i]) k += 1;
    else {
      found[n++] = a[i++];
      k += 1;
    }
  }
  return found.subarray(0, n);
}

function closesAt({ openTimeMs, close }: Closes, times: Float64Array): Float64Array {
  let at = 0;
  return times.map((time) => {
    while (openTimeMs[at] < time) at += 1;
    return close[at];
  });
}

function tooFew(series: readonly Closes[], overlap: number[][], bars: number, of: Correlated): Error {
  const own = series.map(({ symbol }, i) => `${symbol} ${overlap[i][i]}`).join(', ');
  const what = of === 'returns' ? `${FEWEST_OBSERVATIONS + 1} bars` : `${FEWEST_OBSERVATIONS} bars`;
  const message = `symbols must have at least ${what} in common, had ${bars} (of ${own})`;
  return refuse('insufficient_data', message, {
    symbols: series.map(({ symbol }) => symbol),
    overlap,
    common_bars: bars,
  });
}
