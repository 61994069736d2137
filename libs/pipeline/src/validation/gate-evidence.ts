import type { PolicyVerdict, StrategyDocument } from '@assay/contracts';
import {
  evaluatePolicies,
  type BarColumns,
  type CpcvEvidence,
  type DataQualityEvidence,
  type GateEvidence,
  type WalkForwardEvidence,
} from '@assay/domain';
import { scoreEvaluation, resolveOptions, type BacktestOptions, type BacktestOutcome } from '../backtest';
import {
  backtestPredictions,
  evaluatePrepared,
  firstOwnBar,
  isRefitted,
  prepareStrategy,
  strategyLookback,
} from '../evaluator';
import { configHash } from '../hash';
import { isPolicyCpcv, runCpcv, type CpcvOutcome } from './cpcv';
import { validationRange } from './layout';
import { lookAheadAudit, type LookAheadAudit } from './look-ahead-audit';
import { enoughData } from './enough-data';
import type { LogitHistogram } from './logit-histogram';
import { deflatedOverPaths, judgeLedger, type JudgedLedger } from './ledger-judgement';
import { stretch, type Progress } from './progress';
import { sharpePerBar } from './return-summary';
import { reselection, type Reselections } from './reselection';
import { alignTrials, type TrialSeries } from './trial-series';
import { foldDocuments, isPolicyWalkForward, runWalkForward, type WalkForwardOutcome } from './walk-forward';
import { warmUpAudit } from './warm-up-audit';

export interface GateEvidenceInput {
  document: StrategyDocument;
  bars: BarColumns;
  artifact?: Uint8Array | null;
  options?: BacktestOptions;
  /**
   * The completed walk-forward; `run` to compute it here; null while there is none. One that is not laid out as the
   * policies want it is no evidence.
   */
  walkForward?: WalkForwardOutcome | 'run' | null;
  cpcv?: CpcvOutcome | 'run' | null;
  /** Every trial of the lineage. The candidate's own series is replaced, or added when absent. */
  ledger: readonly TrialSeries[];
  /** The candidate's key in the ledger; default: the document's config hash. */
  candidateHash?: string;
  quality?: DataQualityEvidence | null;
  /** Symbols whose bars are made up. */
  synthetic?: readonly string[];
  /** Of the audits' cuts and of the bootstraps that only `strict` reads; kept in the evidence. */
  seed?: number;
  /** Of the benchmark test; default: as many as the policy says. */
  draws?: number;
  /** Trials of the lineage that were made elsewhere, as declared: they count in every number of trials. Default 0. */
  outsideTrials?: number;
  /** Trials of all the owner's lineages on the same symbol and timeframe; the deflated Sharpe at that count is shown. */
  ownerTrials?: number;
  /** Also bootstraps the Reality Check and SPA, which only `strict` reads; seconds for hundreds of trials. */
  strict?: boolean;
  /** Result on bars that were locked away before. */
  holdout?: GateEvidence['holdout'];
  /** What the ledger said before, by this code: it is not judged again where that follows from the same. */
  judgedLedger?: JudgedLedger;
  /** Most threads that may judge a large ledger, default 1; the evidence is the same on any number. */
  threads?: number;
}

export interface GateEvidenceOutcome {
  evidence: GateEvidence;
  verdicts: PolicyVerdict[];
  /** What the ledger says of it; null for a model without CPCV. */
  judgedLedger: JudgedLedger | null;
  /** The candidate's own ledger series: of the backtest, or of a model's CPCV path of median Sharpe. */
  candidate: TrialSeries;
  /** Null when the candidate is the only trial: there was no selection to repeat. */
  reselection: Reselections | null;
  /** Information beside the gate, which counts the lineage alone. */
  dsrAtOwnerTrials: number | null;
  /** Logits of the splits of PBO, for a picture: information, no part of what is signed. Null where there is no PBO. */
  pboLogits: LogitHistogram | null;
  lookAhead: LookAheadAudit;
  backtest: Pick<BacktestOutcome, 'metrics' | 'reasons' | 'buyHoldMetrics' | 'scored'>;
  walkForward: WalkForwardOutcome | null;
  cpcv: CpcvOutcome | null;
}

/** Of the audits and bootstraps of every judgement. */
export const AUDIT_SEED = 1;

/**
 * Collects everything the gates look at and judges every preset policy. What rests on a validation that has not run
 * stays null, which a policy reads as evidence not there yet.
 */
export function buildGateEvidence(input: GateEvidenceInput, onProgress?: Progress): GateEvidenceOutcome {
  const { document, bars, artifact = null, options = {}, seed = AUDIT_SEED } = input;
  const validation = { document, bars, artifact, options };
  const prepared = prepareStrategy(document, bars);
  const { lookback } = prepared;
  const ownFrom = firstOwnBar(prepared, artifact);
  const resolved = resolveOptions(document, options);
  const evaluation = evaluatePrepared(prepared, backtestPredictions(prepared, artifact), resolved.fill);
  const { scored } = validationRange({ lookback, ownFrom, openTimeMs: bars.openTimeMs }, options);
  const judged: JudgedCandidate = {
    openTimeMs: bars.openTimeMs,
    periodsPerYear: resolved.periodsPerYear,
    configHash: input.candidateHash ?? configHash(document),
    isFitted: isRefitted(prepared),
    lookback,
    ownFrom,
    declaredLookback: strategyLookback(document, prepared.parts.features),
    backtest: scoreEvaluation(bars, evaluation, scored, resolved),
    signals: evaluation.signals,
    walkForward: (progress) => runWalkForward(validation, progress),
    cpcv: (progress) => runCpcv(validation, progress),
    lookAhead: (progress) => lookAheadAudit({ document, bars, artifact, seed }, progress),
  };
  return evidenceOf(judged, input, onProgress);
}

/** What is judged, whatever it trades. */
export interface JudgedCandidate {
  openTimeMs: Float64Array;
  periodsPerYear: number;
  /** The candidate's key in the ledger. */
  configHash: string;
  /** Whether a model is fitted anew in each fold: then the paths of CPCV are its record. */
  isFitted: boolean;
  lookback: number;
  /** See `JudgedRecord`. */
  ownFrom: number;
  /** Without what bars that do not count add to it: no target stands before it. */
  declaredLookback: number;
  /** Over the scored range of a validation. */
  backtest: Pick<
    BacktestOutcome,
    'returns' | 'benchmarkReturns' | 'heldReturns' | 'metrics' | 'reasons' | 'buyHoldMetrics' | 'scored' | 'trades'
  >;
  /** Decided at each bar, NaN before the first. */
  signals: Float64Array;
  walkForward(progress: Progress): WalkForwardOutcome;
  cpcv(progress: Progress): CpcvOutcome;
  lookAhead(progress: Progress): LookAheadAudit;
}

/** What judging takes beside the candidate itself. */
export type JudgingInput = Pick<
  GateEvidenceInput,
  | 'walkForward'
  | 'cpcv'
  | 'ledger'
  | 'outsideTrials'
  | 'quality'
  | 'synthetic'
  | 'seed'
  | 'draws'
  | 'ownerTrials'
  | 'strict'
  | 'holdout'
  | 'judgedLedger'
  | 'threads'
>;

export function evidenceOf(
  candidateRun: JudgedCandidate,
  input: JudgingInput,
  onProgress?: Progress,
): GateEvidenceOutcome {
  const { seed = AUDIT_SEED, outsideTrials = 0 } = input;
  const { openTimeMs: allTimes, lookback, ownFrom, isFitted, backtest, periodsPerYear, configHash: own } = candidateRun;
  const [walkEnd, crossEnd, judgeEnd] = partEnds(input.ledger.length + 1);
  const walked =
    input.walkForward === 'run'
      ? candidateRun.walkForward(stretch(onProgress, 0, walkEnd))
      : (input.walkForward ?? null);
  const walkForward = walked && isPolicyWalkForward(walked, { lookback, ownFrom }) ? walked : null;
  const crossed =
    input.cpcv === 'run' ? candidateRun.cpcv(stretch(onProgress, walkEnd, crossEnd)) : (input.cpcv ?? null);
  const cpcv = crossed && isPolicyCpcv(crossed, { lookback, ownFrom }) ? crossed : null;

  const times = ([from, to]: [number, number]): Float64Array => allTimes.slice(from, to);
  const openTimeMs = times(backtest.scored);
  const path = cpcv?.paths[cpcv.medianPath];
  const judgeable = !isFitted || path !== undefined;
  const candidate: TrialSeries =
    isFitted && cpcv && path
      ? { configHash: own, openTimeMs: times(cpcv.scored), returns: path.returns }
      : { configHash: own, openTimeMs, returns: backtest.returns };
  const trials = distinctTrials(candidate, input.ledger);
  const aligned = alignTrials(trials, { openTimeMs, returns: backtest.benchmarkReturns });
  // the first bar has no return
  const benchmark = { openTimeMs: allTimes.slice(1), returns: backtest.heldReturns.slice(1) };
  onProgress?.(crossEnd, `${trials.length} trials`);
  const judged = judgeable
    ? judgeLedger(
        {
          ...{ trials, aligned, benchmark, outsideTrials, periodsPerYear, draws: input.draws },
          bootstraps: input.strict ? seed : undefined,
        },
        { known: input.judgedLedger, threads: input.threads },
        stretch(onProgress, crossEnd, judgeEnd),
      )
    : null;
  const deflatedAt = (count: number) =>
    cpcv && judged && deflatedOverPaths(cpcv, judged, count + outsideTrials, outsideTrials);
  const lookAhead = candidateRun.lookAhead(stretch(onProgress, judgeEnd, 1));

  const evidence: GateEvidence = {
    lookback,
    walkForward: walkForward && walkForwardEvidence(walkForward, allTimes),
    cpcv: cpcv && cpcvEvidence(cpcv),
    psr: judged?.psr ?? null,
    dsr: deflatedAt(trials.length),
    benchmark: judged?.benchmark ?? null,
    pbo: judged?.pbo ?? null,
    audits: {
      lookAhead: {
        cuts: lookAhead.cuts.length,
        mismatches: lookAhead.mismatches,
        firstMismatch: describeFirst(lookAhead),
      },
      warmUp: warmUpAudit(candidateRun, candidateRun.declaredLookback),
    },
    dataQuality: input.quality ?? null,
    ...(input.synthetic && input.synthetic.length > 0 ? { synthetic: input.synthetic } : {}),
    enough: enoughData(candidateRun, walkForward, cpcv, judged),
    ...(judged?.realityCheck && judged.spa ? { realityCheck: judged.realityCheck, spa: judged.spa } : {}),
    ...(outsideTrials > 0 ? { outsideTrials } : {}),
    ...(input.holdout ? { holdout: input.holdout } : {}),
  };
  const { metrics, reasons, buyHoldMetrics, scored } = backtest;
  return {
    evidence,
    verdicts: evaluatePolicies(evidence),
    judgedLedger: judged,
    candidate,
    reselection: trials.length > 1 ? reselection(aligned, allTimes, { walkForward, cpcv }, periodsPerYear) : null,
    dsrAtOwnerTrials: input.ownerTrials
      ? (deflatedAt(Math.max(input.ownerTrials, trials.length))?.value ?? null)
      : null,
    pboLogits: judged?.pboLogits ?? null,
    lookAhead,
    backtest: { metrics, reasons, buyHoldMetrics, scored },
    walkForward,
    cpcv,
  };
}

/** So many trials of the ledger take about as long to judge as everything else. */
const TRIALS_OF_THE_REST = 200;

/** Where walk-forward, CPCV and the ledger's judgement end on the way from 0 to 1; the audit is the rest. */
function partEnds(trials: number): [number, number, number] {
  const rest = TRIALS_OF_THE_REST / (TRIALS_OF_THE_REST + trials);
  return [0.25 * rest, 0.5 * rest, 1 - 0.25 * rest];
}

export function walkForwardEvidence(outcome: WalkForwardOutcome, openTimeMs: Float64Array): WalkForwardEvidence {
  const { meanIs, meanOos, meanOosMaxDrawdown, profitableFolds, overfittingRatio, reasons } = outcome;
  const folds = foldDocuments(outcome, openTimeMs);
  return { folds, meanIs, meanOos, meanOosMaxDrawdown, profitableFolds, overfittingRatio, reasons };
}

export function cpcvEvidence(outcome: CpcvOutcome): CpcvEvidence {
  return {
    meanOosSharpe: outcome.meanOosSharpe,
    splits: outcome.splits.length,
    reasons: outcome.reasons,
    pathSharpePerBar: outcome.paths.map((path) => sharpePerBar(path.returns)),
  };
}

function describeFirst({ violations }: LookAheadAudit): string | null {
  const first = violations[0];
  return first
    ? `${first.value} at bar ${first.cut} was ${first.full}, ${first.truncated} without the bars after it`
    : null;
}

/** A trial is a distinct config hash; of two series of one the later counts. The candidate comes first. */
function distinctTrials(candidate: TrialSeries, ledger: readonly TrialSeries[]): TrialSeries[] {
  const byHash = new Map([candidate, ...ledger].map((trial) => [trial.configHash, trial]));
  return [...byHash.set(candidate.configHash, candidate).values()];
}
