import { requireThat } from '../errors/invalid-input';
import { mean, quantileOfSorted } from '../metrics';
import { bootstrapMeanErrors, politisWhite, stationaryBootstrap } from './bootstrap';

export interface SuperiorPerformanceInput {
  /** Return series of every trial, equal lengths. */
  readonly trials: readonly Float64Array[];
  /** Subtracted from each trial when given. */
  readonly benchmark?: Float64Array;
  /** Default 1,000. */
  readonly draws?: number;
  readonly seed: number | string;
  /** Mean block length; default Politis-White of the trial with the highest mean. */
  readonly block?: number;
}

interface TestFrame {
  readonly block: number;
  readonly draws: number;
  readonly seed: number | string;
}

export interface RealityCheckResult extends TestFrame {
  readonly p: number;
  /** max over trials of sqrt(n) x mean. */
  readonly statistic: number;
  /** Index of the trial with the highest mean. */
  readonly best: number;
}

export interface SpaResult extends TestFrame {
  /** Consistent p-value; `lower` and `upper` bound it. */
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
  readonly statistic: number;
  readonly best: number;
}

export interface StepMResult extends TestFrame {
  /** Trials whose mean is positive with family-wise error `level`, in order of index. */
  readonly rejected: number[];
  readonly level: number;
}

interface Bootstrapped extends TestFrame {
  readonly n: number;
  readonly means: number[];
  readonly best: number;
  /** Resampled minus actual means, draws x trials. */
  readonly errors: Float64Array;
}

function bootstrapped({ trials, benchmark, draws = 1000, seed, block }: SuperiorPerformanceInput): Bootstrapped {
  requireThat(trials.length >= 1, 'trials.length', 'at least 1', trials.length);
  const n = trials[0].length;
  requireThat(n >= 9, 'trials[0].length', 'at least 9', n);
  const all = benchmark === undefined ? trials : [...trials, benchmark];
  all.forEach((series, i) => {
    const field = i < trials.length ? `trials[${i}]` : 'benchmark';
    requireThat(series.length === n, `${field}.length`, `${n} like the first trial`, series.length);
    const broken = series.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) requireThat(false, `${field}[${broken}]`, 'finite', series[broken]);
  });
  const series = benchmark === undefined ? trials : trials.map((r) => r.map((value, t) => value - benchmark[t]));
  const means = series.map(mean);
  let best = 0;
  for (let i = 1; i < means.length; i++) if (means[i] > means[best]) best = i;
  const length = block ?? politisWhite(series[best]);
  const errors = bootstrapMeanErrors(series, stationaryBootstrap(seed, n, length, draws), draws);
  return { n, means, best, errors, block: length, draws, seed };
}

/** Bootstrap standard deviation of sqrt(n) x mean per trial; 0 for a constant one. */
function omegas({ errors, draws, means, n }: Bootstrapped): Float64Array {
  const m = means.length;
  const out = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let squares = 0;
    for (let b = 0; b < draws; b++) squares += errors[b * m + i] ** 2;
    out[i] = Math.sqrt((squares / draws) * n);
  }
  return out;
}

/**
 * White's Reality Check (2000), un-studentised: is the best trial's mean positive after looking at all of them?
 * p = (1 + #{max_i sqrt(n)(mean*_i - mean_i) >= max_i sqrt(n) mean_i}) / (B + 1).
 * @throws InvalidInputError on unequal lengths or non-finite returns.
 */
export function realityCheck(input: SuperiorPerformanceInput): RealityCheckResult {
  const { n, means, best, errors, block, draws, seed } = bootstrapped(input);
  const m = means.length;
  let exceeding = 0;
  for (let b = 0; b < draws; b++) {
    let highest = -Infinity;
    for (let i = 0; i < m; i++) if (errors[b * m + i] > highest) highest = errors[b * m + i];
    if (highest >= means[best]) exceeding += 1;
  }
  return { p: (1 + exceeding) / (draws + 1), statistic: Math.sqrt(n) * means[best], best, block, draws, seed };
}

/**
 * Hansen's test for superior predictive ability (2005): studentised, and only trials with
 * mean >= -sqrt(omega^2 / n x 2 ln ln n) are re-centred, so that hopeless ones do not weaken the test. Trials without
 * variation are left out.
 */
export function spa(input: SuperiorPerformanceInput): SpaResult {
  const sample = bootstrapped(input);
  const { n, means, errors, block, draws, seed } = sample;
  const m = means.length;
  const omega = omegas(sample);
  const root = Math.sqrt(n);
  let statistic = 0;
  let best = sample.best;
  for (let i = 0; i < m; i++) {
    if (omega[i] > 0 && (root * means[i]) / omega[i] > statistic) {
      statistic = (root * means[i]) / omega[i];
      best = i;
    }
  }
  const centres = [
    means.map((value) => Math.max(value, 0)),
    means.map((value, i) => (value >= -(omega[i] / root) * Math.sqrt(2 * Math.log(Math.log(n))) ? value : 0)),
    means,
  ];
  const [lower, p, upper] = centres.map((centre) => {
    let exceeding = 0;
    for (let b = 0; b < draws; b++) {
      let highest = 0;
      for (let i = 0; i < m; i++) {
        const t = (root * (errors[b * m + i] + means[i] - centre[i])) / omega[i];
        if (omega[i] > 0 && t > highest) highest = t;
      }
      if (highest >= statistic) exceeding += 1;
    }
    return (1 + exceeding) / (draws + 1);
  });
  return { p, lower, upper, statistic, best, block, draws, seed };
}

/**
 * Stepwise multiple testing (Romano & Wolf 2005), studentised: which trials have a positive mean, with the chance of even
 * one false finding held at `level`.
 */
export function stepM(input: SuperiorPerformanceInput, level = 0.05): StepMResult {
  requireThat(level > 0 && level < 1, 'level', 'between 0 and 1', level);
  const sample = bootstrapped(input);
  const { n, means, errors, block, draws, seed } = sample;
  const m = means.length;
  const omega = omegas(sample);
  const root = Math.sqrt(n);
  let open = means.map((_, i) => i).filter((i) => omega[i] > 0);
  const rejected: number[] = [];
  while (open.length > 0) {
    const highest = new Float64Array(draws).fill(-Infinity);
    for (let b = 0; b < draws; b++) {
      for (const i of open) {
        const t = (root * errors[b * m + i]) / omega[i];
        if (t > highest[b]) highest[b] = t;
      }
    }
    const critical = quantileOfSorted(highest.sort(), 1 - level);
    const found = open.filter((i) => (root * means[i]) / omega[i] > critical);
    if (found.length === 0) break;
    rejected.push(...found);
    open = open.filter((i) => !found.includes(i));
  }
  return { rejected: rejected.sort((a, b) => a - b), level, block, draws, seed };
}
