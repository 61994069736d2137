import { logLossOfOdds, sigmoid } from '../sigmoid';

/** The chance of label 1 is sigmoid(slope x log-odds + intercept). */
export interface PlattCalibration {
  readonly slope: number;
  readonly intercept: number;
}

const MOST_STEPS = 100;
const LEAST_MOVE = 1e-10;
/** Keeps the Hessian positive where all scores are one. */
const RIDGE = 1e-12;
/** Chances of 0 and 1 have no odds; nothing is known to more than this. */
const CLIP = 1e-6;

/** Log-odds of a chance, kept within those of 1e-6 and 1 - 1e-6. */
export function clippedOdds(chance: number): number {
  const p = chance < CLIP ? CLIP : chance > 1 - CLIP ? 1 - CLIP : chance;
  return Math.log(p / (1 - p));
}

/**
 * Platt's scaling (1999) of chances: a logistic regression of the labels on the log-odds, whose targets are drawn in from
 * 0 and 1 by Bayes' rule, (N1 + 1) / (N1 + 2) and 1 / (N0 + 2), so that separable rows have a minimum too. Newton's method
 * with step halving (Lin, Lin and Weng, 2007).
 * @param chances of label 1, per row; `labels` 0 or 1; `weights` positive, default 1.
 */
export function fitPlatt(chances: Float64Array, labels: Float64Array, weights?: Float64Array): PlattCalibration {
  const n = chances.length;
  const odds = chances.map(clippedOdds);
  let [ones, zeros] = [0, 0];
  for (let i = 0; i < n; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (labels[i] === 1) ones += weight;
    else zeros += weight;
  }
  const [high, low] = [(ones + 1) / (ones + 2), 1 / (zeros + 2)];
  let slope = 0;
  let intercept = Math.log((ones + 1) / (zeros + 1));
  const loss = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = a * odds[i] + b;
      const target = labels[i] === 1 ? high : low;
      const own = logLossOfOdds(z, target);
      sum += weights === undefined ? own : weights[i] * own;
    }
    return sum;
  };
  let current = loss(slope, intercept);
  for (let step = 0; step < MOST_STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, RIDGE, 0, RIDGE];
    for (let i = 0; i < n; i++) {
      const weight = weights === undefined ? 1 : weights[i];
      const p = sigmoid(slope * odds[i] + intercept);
      const error = weight * ((labels[i] === 1 ? high : low) - p);
      const bend = weight * p * (1 - p);
      ga += error * odds[i];
      gb += error;
      haa += bend * odds[i] * odds[i];
      hab += bend * odds[i];
      hbb += bend;
    }
    const determinant = haa * hbb - hab * hab;
    const [da, db] =
      determinant > RIDGE * haa * hbb
        ? [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant]
        : [0, gb / hbb];
    let part = 1;
    let next = loss(slope + da, intercept + db);
    while (!(next <= current) && part > 1e-8) {
      part /= 2;
      next = loss(slope + part * da, intercept + part * db);
    }
    if (!(next <= current)) break;
    slope += part * da;
    intercept += part * db;
    current = next;
    if (Math.max(Math.abs(da), Math.abs(db)) * part <= LEAST_MOVE) break;
  }
  return { slope, intercept };
}

export const plattChance = ({ slope, intercept }: PlattCalibration, chance: number): number =>
  Number.isNaN(chance) ? NaN : sigmoid(slope * clippedOdds(chance) + intercept);
