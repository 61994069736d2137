import { requireThat } from '../../errors/invalid-input';
import { checkRows, type LabelledRows } from '../labelled-rows';
import { MOST_BINS } from './binned-columns';

/** What trees are fitted to; a value that is NaN is missing. */
export interface TreeRows extends LabelledRows {
  /** At most so many bins a column, 2 to 255. */
  readonly maxBins: number;
}

/** @throws InvalidInputError that names the field. */
export function checkTreeRows(rows: TreeRows): void {
  const { maxBins } = rows;
  const isBins = Number.isInteger(maxBins) && maxBins >= 2 && maxBins <= MOST_BINS;
  requireThat(isBins, 'maxBins', `an integer from 2 to ${MOST_BINS}`, maxBins);
  checkRows(rows, true);
}
