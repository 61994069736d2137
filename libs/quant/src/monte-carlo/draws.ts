import { requireThat } from '../errors/invalid-input';
import { isAtLeast, isAtMost, PURE_NUMBER } from '../comparison/comparison';
import { quantileOfSorted } from '../metrics';

/** Bars times draws of one call: a few seconds of one core. */
export const MOST_DRAWN_BARS = 20_000_000;
export const USUAL_DRAWS = 1000;
export const LEAST_DRAWS = 100;

/** As many as the bars allow; the fewest that say something are allowed over any history. */
export const mostDraws = (bars: number): number =>
  Math.max(LEAST_DRAWS, Math.floor(MOST_DRAWN_BARS / Math.max(bars, 1)));

/** As many draws as were asked for, else 1,000, or as many as the bars allow. */
export function drawCount(bars: number, asked?: number): number {
  const most = mostDraws(bars);
  if (asked === undefined) return Math.min(USUAL_DRAWS, most);
  const whole = Number.isInteger(asked) && asked >= LEAST_DRAWS;
  requireThat(whole, 'draws', `an integer of at least ${LEAST_DRAWS}`, asked);
  requireThat(asked <= most, 'draws', `at most ${most} over ${bars} bars`, asked);
  return asked;
}

/** Where a value stands among those that were drawn. */
export interface DrawnDistribution {
  readonly observed: number | null;
  /** Draws in which the figure is defined. */
  readonly draws: number;
  readonly mean: number | null;
  readonly lower5: number | null;
  readonly lower25: number | null;
  readonly median: number | null;
  readonly upper75: number | null;
  readonly upper95: number | null;
  readonly worst: number | null;
  /** (1 + draws at least as good) / (1 + draws): Davison and Hinkley (1997), 4.2.3; null where nothing was observed or drawn. */
  readonly p: number | null;
}

/**
 * @param values one a draw, NaN where the figure is undefined
 * @param better which direction is the better one
 */
export function distributionOf(
  values: Float64Array,
  observed: number | null,
  better: 'higher' | 'lower',
): DrawnDistribution {
  const defined = values.filter((value) => value === value).sort();
  const draws = defined.length;
  if (draws === 0)
    return {
      observed,
      draws,
      mean: null,
      lower5: null,
      lower25: null,
      median: null,
      upper75: null,
      upper95: null,
      worst: null,
      p: null,
    };
  let asGood = 0;
  let sum = 0;
  for (const value of defined) {
    sum += value;
    if (observed === null) continue;
    const reaches = better === 'higher' ? isAtLeast : isAtMost;
    if (reaches(value, observed, PURE_NUMBER)) asGood += 1;
  }
  const at = (probability: number): number => quantileOfSorted(defined, probability);
  return {
    ...{ observed, draws, mean: sum / draws },
    ...{ lower5: at(0.05), lower25: at(0.25), median: at(0.5), upper75: at(0.75), upper95: at(0.95) },
    worst: defined[better === 'higher' ? 0 : draws - 1],
    p: observed === null ? null : (1 + asGood) / (1 + draws),
  };
}
