import type { LabelledRows } from '../labelled-rows';
import type { HistogramMemory } from '../trees/histogram-memory';

type Labelled = Pick<LabelledRows, 'labels' | 'weights'>;

/** What a boosted fit keeps of each row; in the memory that its trees are grown in, see `ofRows`. */
export interface BoostingRows extends Labelled {
  /** Log-odds, of a regression the prediction. */
  readonly scores: Float64Array;
}

/** How many numbers that are. */
export const rowNumbersOf = ({ weights }: Labelled): number => (weights === undefined ? 2 : 3);

export function boostingRows({ ofRows: [scores, labels, weights] }: HistogramMemory): BoostingRows {
  return { scores, labels, weights };
}

/** Puts the rows there, all with one score. */
export function placeRows(memory: HistogramMemory, { labels, weights }: Labelled, score: number): void {
  const own = boostingRows(memory);
  // one by one: what copies typed arrays is slow where memory is shared
  for (let i = 0; i < labels.length; i++) {
    own.scores[i] = score;
    own.labels[i] = labels[i];
    if (weights !== undefined) own.weights![i] = weights[i];
  }
}
