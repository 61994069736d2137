import type { BarColumns } from '@assay/domain';

export interface UnadjustedSplit {
  /** Index of the first bar after the step. */
  bar: number;
  openTimeMs: number;
  /** By how much adjusted close / close grew (or, below 1, shrank). */
  factor: number;
}

/** Two for one; a little less, since adjusted closes are rounded. */
const SMALLEST_STEP = 1.99;

/**
 * Where raw prices step by a split that the adjusted close of the same file knows: adjusted close / close jumps by a
 * factor of 2 or more between neighbours. Unadjusted, such a step is a loss or gain that nobody had.
 */
export function unadjustedSplits(
  { openTimeMs }: Pick<BarColumns, 'openTimeMs'>,
  adjFactor: Float64Array | null,
): UnadjustedSplit[] {
  const splits: UnadjustedSplit[] = [];
  for (let bar = 1; adjFactor !== null && bar < adjFactor.length; bar += 1) {
    const factor = adjFactor[bar] / adjFactor[bar - 1];
    if (factor >= SMALLEST_STEP || factor <= 1 / SMALLEST_STEP)
      splits.push({ bar, openTimeMs: openTimeMs[bar], factor });
  }
  return splits;
}

/** The splits in a sentence. */
export function splitText(splits: readonly UnadjustedSplit[], remedy: string): string {
  const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const listed = splits.slice(0, 10).map(({ openTimeMs, factor }) => {
    const ratio = factor > 1 ? `${round(factor)} for 1` : `1 for ${round(1 / factor)}`;
    return `${date(openTimeMs)} (${ratio})`;
  });
  const more = splits.length > listed.length ? ` and ${splits.length - listed.length} more` : '';
  return `raw prices step by splits on ${listed.join(', ')}${more}, as the adjusted close shows: ${remedy}`;
}

const round = (x: number): number => Number(x.toPrecision(3));
