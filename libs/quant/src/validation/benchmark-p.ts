import { requireThat } from '../errors/invalid-input';
import { mean } from '../metrics';
import { countMaxExceedances } from './max-t';
import { normalCdf } from './normal-distribution';

/** Bars in a block: about a month of daily bars. */
const BLOCK_BARS = 21;

/** A candidate that tracks the benchmark closer than this per year cannot be told from it. */
export const MIN_TRACKING_ERROR = 0.01;

export interface BenchmarkPInput {
  /** Net return series of every trial of the ledger, equal lengths. */
  readonly trials: readonly Float64Array[];
  /** Equal-weight buy and hold of the same bars, close to close, without costs. */
  readonly benchmark: Float64Array;
  /** Index of the candidate in `trials`. */
  readonly candidate: number;
  readonly periodsPerYear: number;
  /** Default 10,000. */
  readonly draws?: number;
  readonly seed: number | string;
  /** Called with the share of the work that is done. */
  readonly onProgress?: (fraction: number) => void;
}

export interface MaxTResult {
  readonly p: number;
  /** alpha / se of the candidate. */
  readonly t: number;
  /** 1 - Phi(t), what `p` estimates when the ledger holds one trial; null for more. */
  readonly closedForm: number | null;
}

export interface BenchmarkPResult {
  /** max(block, iid); null when `why` says that nothing can be tested. */
  readonly p: number | null;
  readonly block: MaxTResult | null;
  readonly iid: MaxTResult | null;
  /** Per bar. */
  readonly alpha: number | null;
  readonly beta: number | null;
  /** sqrt(mean u^2) sqrt(P), a fraction per year. */
  readonly trackingError: number | null;
  /** N as counted, and how many of them take part in the maximum. */
  readonly trials: number;
  readonly activeTrials: number;
  readonly draws: number;
  readonly seed: number | string;
  readonly why: 'indistinguishable_from_benchmark' | 'benchmark_constant' | 'too_few_bars' | null;
}

/** Alpha of one series on the benchmark with moments over 1/T, and its influence series. */
interface AlphaFit {
  readonly alpha: number;
  readonly beta: number;
  readonly trackingError: number;
  /** Residual u: influence under iid errors. */
  readonly residual: Float64Array;
  /** Block sums of psi = u (1 - mean b (b - mean b) / var b): influence when the errors may depend on the benchmark. */
  readonly blocks: Float64Array;
}

function fitAlpha(
  returns: Float64Array,
  benchmark: Float64Array,
  meanB: number,
  varB: number,
  periodsPerYear: number,
): AlphaFit {
  const n = returns.length;
  const meanR = mean(returns);
  let covariance = 0;
  for (let t = 0; t < n; t++) covariance += (returns[t] - meanR) * (benchmark[t] - meanB);
  const beta = covariance / n / varB;
  const residual = new Float64Array(n);
  const influence = new Float64Array(n);
  let squares = 0;
  for (let t = 0; t < n; t++) {
    const move = benchmark[t] - meanB;
    const u = returns[t] - meanR - beta * move;
    residual[t] = u;
    influence[t] = u * (1 - (meanB * move) / varB);
    squares += u * u;
  }
  return {
    alpha: meanR - beta * meanB,
    beta,
    trackingError: Math.sqrt((squares / n) * periodsPerYear),
    residual,
    blocks: blockSums(influence, BLOCK_BARS),
  };
}

/** Sums over consecutive blocks from the first bar; the remainder is dropped. */
function blockSums(values: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(Math.floor(values.length / size));
  for (let k = 0; k < sums.length; k++) for (let t = k * size; t < (k + 1) * size; t++) sums[k] += values[t];
  return sums;
}

function norm(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

interface MaxTInput extends Pick<BenchmarkPInput, 'seed' | 'onProgress'> {
  /** Influence of every trial by block. */
  readonly sums: readonly Float64Array[];
  /** Position of the candidate. */
  readonly own: number;
  readonly estimate: number;
  readonly bars: number;
  /** The ledger holds this trial alone. */
  readonly alone: boolean;
  readonly draws: number;
}

/** Max-t test: S_i / |S_i| has unit length, so t*_i = g . S_i / |S_i| with |S_i| = T se_i. */
function maxT({ sums, own, estimate, bars, alone, draws, seed, onProgress }: MaxTInput): MaxTResult {
  const norms = sums.map(norm);
  const t = (estimate * bars) / norms[own];
  const rows: Float64Array[] = [];
  sums.forEach((sum, i) => {
    if (norms[i] > 0) rows.push(sum.map((value) => value / norms[i]));
  });
  const exceeding = countMaxExceedances(rows, t, draws, seed, onProgress);
  return { p: (1 + exceeding) / (draws + 1), t, closedForm: alone ? 1 - normalCdf(t) : null };
}

/** The block test and the iid test, and the larger of their p-values; the progress goes by the bars of each. */
function largerOfTwo(
  input: Omit<MaxTInput, 'sums' | 'onProgress'>,
  blocks: readonly Float64Array[],
  bars: readonly Float64Array[],
  onProgress: BenchmarkPInput['onProgress'],
): { p: number; block: MaxTResult; iid: MaxTResult } {
  const share = 1 / (BLOCK_BARS + 1);
  const block = maxT({ ...input, sums: blocks, onProgress: (done) => onProgress?.(share * done) });
  const iid = maxT({ ...input, sums: bars, onProgress: (done) => onProgress?.(share + (1 - share) * done) });
  return { p: Math.max(block.p, iid.p), block, iid };
}

function checkInput({ trials, benchmark, candidate, periodsPerYear, draws = 10_000 }: BenchmarkPInput): void {
  requireThat(trials.length >= 1, 'trials.length', 'at least 1', trials.length);
  requireThat(
    Number.isInteger(candidate) && candidate >= 0 && candidate < trials.length,
    'candidate',
    `an index below ${trials.length}`,
    candidate,
  );
  requireThat(periodsPerYear > 0, 'periodsPerYear', 'positive', periodsPerYear);
  requireThat(Number.isInteger(draws) && draws >= 1, 'draws', 'an integer of at least 1', draws);
  const series = [...trials.map((r, i) => [`trials[${i}]`, r] as const), ['benchmark', benchmark] as const];
  for (const [field, values] of series) {
    requireThat(
      values.length === benchmark.length,
      `${field}.length`,
      `${benchmark.length} like benchmark`,
      values.length,
    );
    const broken = values.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) requireThat(false, `${field}[${broken}]`, 'finite', values[broken]);
  }
}

/**
 * Does the candidate beat holding the market at its own beta, after counting every trial?
 *
 * The larger of a block and an iid max-t p-value of alpha over the whole ledger. Trials that track the benchmark within
 * 1 % a year stay in N but leave the maximum; such a candidate is not tested.
 * @throws InvalidInputError on unequal lengths or non-finite returns.
 */
export function benchmarkP(input: BenchmarkPInput): BenchmarkPResult {
  checkInput(input);
  const { trials, benchmark, candidate, periodsPerYear, draws = 10_000, seed } = input;
  const n = benchmark.length;
  const head = { trials: trials.length, draws, seed };
  const nothing = { p: null, block: null, iid: null, ...head };
  if (n < 2 * BLOCK_BARS)
    return { ...nothing, alpha: null, beta: null, trackingError: null, activeTrials: 0, why: 'too_few_bars' };
  if (benchmark.every((value) => value === benchmark[0])) {
    return { ...nothing, alpha: null, beta: null, trackingError: null, activeTrials: 0, why: 'benchmark_constant' };
  }
  const meanB = mean(benchmark);
  let varB = 0;
  for (let t = 0; t < n; t++) varB += (benchmark[t] - meanB) ** 2;
  varB /= n;
  const active: AlphaFit[] = [];
  let own = -1;
  let fit!: AlphaFit;
  trials.forEach((returns, i) => {
    const current = fitAlpha(returns, benchmark, meanB, varB, periodsPerYear);
    if (i === candidate) {
      fit = current;
      own = active.length;
    }
    if (current.trackingError >= MIN_TRACKING_ERROR) active.push(current);
  });
  const found = { alpha: fit.alpha, beta: fit.beta, trackingError: fit.trackingError, activeTrials: active.length };
  if (fit.trackingError < MIN_TRACKING_ERROR) return { ...nothing, ...found, why: 'indistinguishable_from_benchmark' };
  const alone = active.length === 1;
  const tests = largerOfTwo(
    { own, estimate: fit.alpha, bars: n, alone, draws, seed },
    active.map((a) => a.blocks),
    active.map((a) => a.residual),
    input.onProgress,
  );
  return { ...tests, ...head, ...found, why: null };
}

export interface AbsolutePResult {
  readonly p: number | null;
  readonly block: MaxTResult | null;
  readonly iid: MaxTResult | null;
  readonly draws: number;
  readonly seed: number | string;
  readonly why: 'too_few_bars' | 'candidate_constant' | null;
}

/** The same max-t test of the mean return itself, without a benchmark: what the policy `large_search` may use. */
export function absoluteMaxTP(input: Omit<BenchmarkPInput, 'benchmark' | 'periodsPerYear'>): AbsolutePResult {
  const { trials, candidate, draws = 10_000, seed } = input;
  checkInput({ ...input, benchmark: trials[0] ?? new Float64Array(), periodsPerYear: 1 });
  const n = trials[0].length;
  const nothing = { p: null, block: null, iid: null, draws, seed };
  if (n < 2 * BLOCK_BARS) return { ...nothing, why: 'too_few_bars' };
  if (trials[candidate].every((value) => value === trials[candidate][0]))
    return { ...nothing, why: 'candidate_constant' };
  const centred = trials.map((returns) => {
    const centre = mean(returns);
    return returns.map((value) => value - centre);
  });
  const alone = trials.length === 1;
  const tests = largerOfTwo(
    { own: candidate, estimate: mean(trials[candidate]), bars: n, alone, draws, seed },
    centred.map((u) => blockSums(u, BLOCK_BARS)),
    centred,
    input.onProgress,
  );
  return { ...tests, draws, seed, why: null };
}
