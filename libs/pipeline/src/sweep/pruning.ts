import { directionOfFigure, CV_SPLITS, type CvFigure } from './cross-validate';

/** Whole trials that there must be before any is given up. */
export const LEAST_PRUNING_TRIALS = 5;

/**
 * The median rule (Golovin et al. 2017, "Google Vizier", median stopping) on the splits of cross-validation: what a trial's mean over
 * its first k + 1 splits must not be worse than, the median of the same means of the earlier trials that were judged on all splits.
 * A mean that is undefined counts as worst. Null while there are fewer than `LEAST_PRUNING_TRIALS`, and where the median is undefined.
 *
 * @param running of every earlier trial its mean after each split, shorter where it was given up
 */
export function medianBounds(running: readonly (readonly (number | null)[])[], figure: CvFigure): (number | null)[] {
  const whole = running.filter(({ length }) => length === CV_SPLITS);
  if (whole.length < LEAST_PRUNING_TRIALS) return Array<null>(CV_SPLITS).fill(null);
  const worst = directionOfFigure(figure) === 'highest' ? -Infinity : Infinity;
  return Array.from({ length: CV_SPLITS }, (_, k) => {
    const means = Float64Array.from(whole, (trial) => trial[k] ?? worst).sort();
    const middle = (means[(means.length - 1) >> 1]! + means[means.length >> 1]!) / 2;
    return Number.isFinite(middle) ? middle : null;
  });
}
