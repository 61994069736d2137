import { POLICY_DOCUMENTS, type BenchmarkEvidence, type GateEvidence } from '@assay/domain';
import {
  beta,
  deflatedSharpe,
  ledgerStatistics,
  probabilisticSharpe,
  realityCheck,
  sampleStd,
  spa,
  type BenchmarkPResult,
  type EffectiveTrials,
} from '@assay/quant';
import { threadHelpers } from '../helpers';
import type { CpcvOutcome } from './cpcv';
import type { LedgerInput } from './ledger-input';
import { ledgerKey } from './ledger-key';
import { logitHistogram, type LogitHistogram } from './logit-histogram';
import type { Progress } from './progress';
import { sharpePerBar } from './return-summary';
import type { AlignedTrials } from './trial-series';

export const PBO_BLOCKS = 16;
const MIN_PBO_TRIALS = 2;
const MIN_BARS_PER_BLOCK = 2;

/** What a ledger says of a candidate, whatever its walk-forward and CPCV found: plain values. */
export interface JudgedLedger
  extends Required<Pick<GateEvidence, 'benchmark' | 'psr' | 'pbo'>>, Pick<GateEvidence, 'realityCheck' | 'spa'> {
  /** Of all that it follows from, see `ledgerKey`. */
  key: string;
  /** Bars that all trials have. */
  bars: number;
  /** Variance (ddof 1) of the trials' per-bar Sharpe, the V of the deflated Sharpe. */
  sharpeVariance: number;
  effective: EffectiveTrials;
  /** Of the splits of PBO; null where it is undefined. It decides nothing, and is no part of the evidence. */
  pboLogits: LogitHistogram | null;
}

/** How a ledger is judged: what is found does not depend on it. */
export interface LedgerWays {
  /** Judged before, by this code; it is taken where it follows from the same. */
  known?: JudgedLedger;
  /** Most threads, default 1. */
  threads?: number;
}

/** The draws of the gates are those of the policy, the same for every candidate. */
const DRAWN = POLICY_DOCUMENTS.default.bounds.benchmark;

/**
 * Judges the candidate against everything that was tried: probabilistic Sharpe, benchmark p, probability of overfitting, and what
 * its deflated Sharpe needs.
 */
export function judgeLedger(input: LedgerInput, { known, threads }: LedgerWays, onProgress?: Progress): JudgedLedger {
  const key = ledgerKey(input);
  if (known?.key === key) return known;
  const {
    trials,
    aligned,
    benchmark: held,
    outsideTrials = 0,
    periodsPerYear,
    draws = DRAWN.draws,
    bootstraps,
  } = input;
  const bars = aligned.openTimeMs.length;
  const sharpeVariance = varianceOfSharpe(aligned.trials);
  const isEnough = aligned.trials.length >= MIN_PBO_TRIALS && bars >= PBO_BLOCKS * MIN_BARS_PER_BLOCK;
  const { effective, benchmark, pbo } = ledgerStatistics(
    {
      trials: trials.map(({ openTimeMs, returns, benchmark: own = held }) =>
        own === null ? null : { openTimeMs, returns, benchmark: own },
      ),
      candidate: 0,
      outside: outsideTrials,
      periodsPerYear,
      draws,
      seed: DRAWN.seed,
      aligned: aligned.trials,
      blocks: isEnough ? PBO_BLOCKS : null,
    },
    { onProgress, helpers: threadHelpers(threads) },
  );
  const { returns } = trials[0]!;
  return {
    key,
    bars,
    sharpeVariance,
    effective,
    psr: { value: probabilisticSharpe(returns), bars: returns.length },
    benchmark: benchmarkEvidence(benchmark),
    pbo: { n: aligned.trials.length, value: pbo?.pbo ?? null, lossProbability: pbo?.lossProbability ?? null },
    pboLogits: pbo && logitHistogram(pbo.logits),
    ...(bootstraps === undefined ? {} : superiorPerformance(aligned, bootstraps, outsideTrials)),
  };
}

/** Of trials made elsewhere nothing is known that would make them alike: each is one more, at both ends of the range. */
const withOutside = (effective: EffectiveTrials, outside: number): EffectiveTrials => ({
  ...effective,
  raw: effective.raw + outside,
  correlationAdjusted: effective.correlationAdjusted + outside,
  clustered: effective.clustered === null ? null : effective.clustered + outside,
});

function benchmarkEvidence({ why, beta, ...found }: BenchmarkPResult): BenchmarkEvidence {
  return { ...found, beta, ...(why === null ? {} : { why }) };
}

/** Net of the market held at the trial's own beta: what benchmark_p asks about, so that drift does not pass for skill. */
function netOfMarket(returns: Float64Array, benchmark: Float64Array): Float64Array {
  const slope = beta(returns, benchmark) ?? 0;
  return returns.map((r, t) => r - slope * benchmark[t]!);
}

const MIN_BOOTSTRAP_BARS = 9;

/**
 * White's Reality Check and Hansen's SPA over the ledger, for the policy that asks for them. A trial made elsewhere has no
 * series to draw from: it reaches what the best of the ledger has with at most the chance that the whole ledger has, so the
 * p-value with m of them is at most (1 + m) times the one without (Bonferroni).
 */
function superiorPerformance(
  { trials, benchmark }: AlignedTrials,
  seed: number,
  outsideTrials = 0,
): Pick<GateEvidence, 'realityCheck' | 'spa'> {
  if (benchmark.length < MIN_BOOTSTRAP_BARS) return { realityCheck: { p: null }, spa: { p: null } };
  const net = trials.map((returns) => netOfMarket(returns, benchmark));
  const counted = (p: number): { p: number } => ({ p: Math.min(1, (1 + outsideTrials) * p) });
  return { realityCheck: counted(realityCheck({ trials: net, seed }).p), spa: counted(spa({ trials: net, seed }).p) };
}

/** Trials that never moved have no Sharpe: they count in N, not in V. */
function varianceOfSharpe(trials: readonly Float64Array[]): number {
  const sharpes = trials.map(sharpePerBar).filter((sharpe) => sharpe !== null);
  return sharpes.length < 2 ? 0 : sampleStd(Float64Array.from(sharpes)) ** 2;
}

/**
 * Lowest deflated Sharpe over the paths at N trials, those made elsewhere among them, SR* = sqrt(max(V, 1/T)) E[max_N]. The floor 1/T is the variance that
 * the Sharpe of a worthless trial has by chance alone: near-identical trials must not deflate by nothing.
 */
export function deflatedOverPaths(
  cpcv: CpcvOutcome,
  { sharpeVariance, effective }: Pick<JudgedLedger, 'sharpeVariance' | 'effective'>,
  trials: number,
  outsideTrials: number,
): NonNullable<GateEvidence['dsr']> {
  let value: number | null = Infinity;
  let sharpeStar: number | null = null;
  for (const { returns } of cpcv.paths) {
    const found = deflatedSharpe(returns, Math.max(sharpeVariance, 1 / returns.length), trials);
    sharpeStar = found.benchmarkSharpe;
    value = value === null || found.value === null ? null : Math.min(value, found.value);
  }
  const { correlationAdjusted, clustered } = withOutside(effective, outsideTrials);
  const counts = [correlationAdjusted, clustered ?? trials];
  return {
    value: value === Infinity ? null : value,
    sharpeStar,
    nRaw: trials,
    nEffectiveRange: [Math.min(...counts), Math.max(...counts)],
  };
}
