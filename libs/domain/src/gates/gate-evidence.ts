import type { WalkForwardFold } from '@assay/contracts';

/** Everything the gates look at; a section that is absent or null is evidence not there yet. Sharpe is annualised. */
export interface GateEvidence {
  /** Leading bars that were not scored. */
  lookback: number;
  walkForward?: WalkForwardEvidence | null;
  cpcv?: CpcvEvidence | null;
  psr?: ProbabilisticSharpeEvidence | null;
  dsr?: DeflatedSharpeEvidence | null;
  benchmark?: BenchmarkEvidence | null;
  pbo?: PboEvidence | null;
  audits?: AuditEvidence | null;
  dataQuality?: DataQualityEvidence | null;
  enough?: EnoughDataEvidence | null;
  /** Symbols whose bars are made up; absent: none, or not known. */
  synthetic?: readonly string[];
  /** Trials made elsewhere, as declared, that every number of trials has in it; absent: none were declared. */
  outsideTrials?: number;
  /** P-value of White's Reality Check over the ledger. */
  realityCheck?: { p: number | null } | null;
  /** P-value of Hansen's SPA over the ledger. */
  spa?: { p: number | null } | null;
  /** Result on bars that nothing before has seen. */
  holdout?: { sharpe: number | null; bars: number; from?: string; to?: string } | null;
}

/** Why a figure is null or rests on some folds or splits only, by its name on the wire; older evidence has none. */
export type UndefinedReasons = Readonly<Record<string, string>>;

/** Means are over the folds in which the figure is defined. */
export interface WalkForwardEvidence {
  folds: WalkForwardFold[];
  meanIs: number | null;
  meanOos: number | null;
  meanOosMaxDrawdown: number | null;
  /** Fraction of folds with a compounded return above 0. */
  profitableFolds: number | null;
  overfittingRatio: number | null;
  reasons?: UndefinedReasons;
}

export interface CpcvEvidence {
  /** Mean over the splits with a Sharpe of their concatenated test blocks. */
  meanOosSharpe: number | null;
  splits: number;
  reasons?: UndefinedReasons;
  pathSharpePerBar: (number | null)[];
}

/** Of the candidate's ledger series. */
export interface ProbabilisticSharpeEvidence {
  /** Probability that the Sharpe ratio is above 0. */
  value: number | null;
  bars: number;
}

export interface DeflatedSharpeEvidence {
  /** Lowest over the CPCV paths. */
  value: number | null;
  /** Per bar. */
  sharpeStar: number | null;
  nRaw: number;
  nEffectiveRange: readonly [number, number];
}

/** A figure of the test with blocks of bars and of the one bar by bar. */
export interface BlockAndIid {
  block: number;
  iid: number;
}

/** Max-t tests of the gain over the benchmark; `quant` says what each figure is. Figures are null where `why` says so. */
export interface BenchmarkEvidence {
  /** Over the raw and scaled series of all trials; the larger of `joint`. */
  jointP: number | null;
  /** Over the raw series alone; the larger of `raw`. */
  rawP: number | null;
  joint: BlockAndIid | null;
  raw: BlockAndIid | null;
  t: { raw: BlockAndIid; scaled: BlockAndIid | null } | null;
  /** Per bar; scaled: in units of the benchmark's volatility. */
  alpha: { raw: number; scaled: number | null } | null;
  beta: number | null;
  /** Annualised, as a fraction. */
  trackingError: number | null;
  trials: number;
  activeTrials: number;
  unusableTrials: number;
  draws: number;
  seed: number;
  why?: 'indistinguishable_from_benchmark' | 'benchmark_constant' | 'too_few_bars';
}

export interface PboEvidence {
  /** Trials in the ledger. */
  n: number;
  value: number | null;
  /** Probability that the selected trial loses out of sample. */
  lossProbability: number | null;
}

export interface AuditEvidence {
  lookAhead?: { cuts: number; mismatches: number; firstMismatch?: string | null } | null;
  warmUp?: { declaredLookback: number; firstTarget: number | null } | null;
}

export interface DataQualityEvidence {
  errors: number;
  warnings: number;
  unacknowledged: number;
}

/** Counts of bars; null where the part they belong to does not exist. */
export interface EnoughDataEvidence {
  scoredBars: number;
  minFoldBars: number | null;
  minGroupBars: number | null;
  pboBlockBars: number | null;
  /** Closed trades or changes of position, the larger. */
  positionChanges: number;
}
