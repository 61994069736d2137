import { requireThat } from '../errors/invalid-input';

/**
 * Weights that fall with age, linearly in the uniqueness that has gathered since (Lopez de Prado 2018, ch. 4.7): the
 * newest row weighs 1, one before the oldest would weigh `oldest`. Rows that say the same again age less.
 * @param uniqueness per row in time order, positive.
 * @param oldest from 0, below 1.
 */
export function timeDecayWeights(uniqueness: Float64Array, oldest: number): Float64Array {
  requireThat(oldest >= 0 && oldest < 1, 'oldest', 'from 0, below 1', oldest);
  let total = 0;
  for (let i = 0; i < uniqueness.length; i++) total += uniqueness[i];
  let gathered = 0;
  return uniqueness.map((own) => {
    gathered += own;
    return oldest + ((1 - oldest) * gathered) / total;
  });
}
