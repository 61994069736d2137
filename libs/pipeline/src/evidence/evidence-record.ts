import {
  EVIDENCE_RECORD,
  EVIDENCE_VERSION,
  RECORD_SECTIONS,
  type EvidenceRecord,
  type PipelineDocument,
  type RecordedSeries,
  type RecordedTrial,
  type RecordSection,
  type StrategyDocument,
  type UniverseDocument,
} from '@assay/contracts';
import { POLICY_DOCUMENTS, type BarColumns, type GateEvidence } from '@assay/domain';
import { barsFingerprint, hashOf } from '@assay/primitives';
import type { BacktestOptions } from '../backtest';
import { hashOfColumn } from '../hash';
import type { GateEvidenceOutcome, TrialSeries } from '../validation';
import { barMarks } from './bar-marks';
import { ContentBuilder, type Contents } from './contents';
import { judgingCode } from './judging-code';

/** Bars of one symbol as they were judged. */
export interface JudgedSeries {
  bars: BarColumns;
  adjustment: RecordedSeries['adjustment'];
  synthetic: boolean;
}

/** Everything that a verdict follows from. */
export interface JudgedInputs {
  strategy: {
    strategyId: string;
    revision: number;
    configHash: string;
    /** Settings beside the document that the config hash covers. */
    evaluation: Record<string, unknown> | null;
    document: StrategyDocument | UniverseDocument;
    /** Null for a universe, which says itself how it is run. */
    options: BacktestOptions | null;
  };
  artifact: Uint8Array | null;
  source: string;
  /** In the order of the symbols. */
  series: readonly JudgedSeries[];
  /** Trials of the ledger beside the candidate, in its order. */
  ledger: readonly TrialSeries[];
  /** Declared trials that were made elsewhere. */
  outsideTrials: number;
  ownerTrials: number;
  /** The quality report on the bars and who acknowledged its warnings. */
  quality: object | null;
  /** Whether bars are kept aside, and what was found on them. */
  holdout: { kept: boolean; looked: NonNullable<GateEvidence['holdout']> | null };
}

export interface MadeRecord {
  record: EvidenceRecord;
  sha256: string;
  /** What the record refers to, but for the returns of the ledger's trials: whoever has these packs them, see `ledgerContents`. */
  contents: Contents;
}

/** As JSON has it: members that are undefined are left out, and what JSON has no number for is null. */
export const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The record of a verdict: what it follows from, and what came of it. The same inputs and the same code give the same record. */
export function makeRecord(inputs: JudgedInputs, outcome: GateEvidenceOutcome): MadeRecord {
  const content = new ContentBuilder();
  const { strategy, artifact, series, ledger } = inputs;
  const { document, options } = strategy;
  const recorded = series.map((one) => recordedSeries(one, content));
  const benchmarkOf = ({ benchmark }: TrialSeries): RecordedTrial['benchmark'] =>
    benchmark === undefined
      ? 'own'
      : benchmark && { times: content.add(benchmark.openTimeMs), returns: content.add(benchmark.returns) };
  const record: EvidenceRecord = asJson({
    kind: EVIDENCE_RECORD,
    format_version: EVIDENCE_VERSION,
    strategy: {
      strategy_id: strategy.strategyId,
      revision: strategy.revision,
      config_hash: strategy.configHash,
      evaluation: strategy.evaluation,
      document: document as unknown as Record<string, unknown>,
      options: options && { ...options },
    },
    artifact: artifact && content.add(artifact),
    bars: {
      source: inputs.source,
      timeframe: series[0]!.bars.timeframe,
      fingerprint: fingerprintOf(recorded),
      series: recorded,
    },
    trials: {
      ledger: ledger.map((trial) => ({
        config_hash: trial.configHash,
        observations: trial.returns.length,
        times: content.add(trial.openTimeMs),
        returns: content.addressOf(trial.returns),
        benchmark: benchmarkOf(trial),
      })),
      outside_trials: inputs.outsideTrials,
      owner_trials: inputs.ownerTrials,
    },
    quality: inputs.quality as Record<string, unknown> | null,
    holdout: inputs.holdout,
    seeds: {
      audits: outcome.lookAhead.seed,
      benchmark: POLICY_DOCUMENTS.default.bounds.benchmark,
      model: modelSeed(document),
    },
    policies: outcome.verdicts.map(({ policy }) => POLICY_DOCUMENTS[policy as keyof typeof POLICY_DOCUMENTS]),
    code: judgingCode(),
    result: resultOf(outcome),
  });
  return { record, sha256: hashOf(record), contents: content.contents };
}

/** The record of the same judgement once the locked bars were looked at: what it found, and the verdicts with it. */
export function recordWithLook(
  record: EvidenceRecord,
  { evidence, verdicts }: Pick<GateEvidenceOutcome, 'evidence' | 'verdicts'>,
): Pick<MadeRecord, 'record' | 'sha256'> {
  const holdout = { ...record.holdout, looked: evidence.holdout ?? null };
  const looked: EvidenceRecord = asJson({ ...record, holdout, result: { ...record.result, evidence, verdicts } });
  return { record: looked, sha256: hashOf(looked) };
}

/** Hash of each part of a record. */
export const sectionHashes = (record: EvidenceRecord): Record<RecordSection, string> =>
  Object.fromEntries(RECORD_SECTIONS.map((section) => [section, hashOf(record[section])])) as Record<
    RecordSection,
    string
  >;

/** A short hash of each trial, by which a changed one is told. */
export const trialMarks = ({ trials }: Pick<EvidenceRecord, 'trials'>): string[] =>
  trials.ledger.map((trial) => hashOf(trial).slice(0, 32));

/** Of one series its own fingerprint, of several that of them all in the order of the symbols. */
export const fingerprintOf = (series: readonly Pick<RecordedSeries, 'symbol' | 'fingerprint'>[]): string =>
  series.length === 1 ? series[0]!.fingerprint : hashOf(series.map(({ symbol, fingerprint }) => [symbol, fingerprint]));

function recordedSeries({ bars, adjustment, synthetic }: JudgedSeries, content: ContentBuilder): RecordedSeries {
  const { openTimeMs, symbol } = bars;
  const iso = (bar: number): string => new Date(openTimeMs[bar]!).toISOString();
  const { rows, blocks } = barMarks(bars);
  return {
    ...{ symbol, adjustment, synthetic },
    first_bar: iso(0),
    until: iso(openTimeMs.length - 1),
    bars: openTimeMs.length,
    fingerprint: barsFingerprint(bars),
    extra_columns: Object.keys(bars.extra).sort(),
    times: content.add(openTimeMs),
    rows: content.add(rows),
    blocks: content.add(blocks),
  };
}

const modelSeed = (document: StrategyDocument | UniverseDocument): number | null => {
  const { model } = document as PipelineDocument;
  return (model as { seed?: number } | undefined)?.seed ?? null;
};

/** What came of it: verdicts, figures, and the exact series behind them by their hashes. */
function resultOf(outcome: GateEvidenceOutcome): EvidenceRecord['result'] {
  const { verdicts, evidence, candidate, walkForward, cpcv, reselection, dsrAtOwnerTrials, lookAhead, backtest } =
    outcome;
  return {
    verdicts,
    evidence,
    candidate: { observations: candidate.returns.length, returns: hashOfColumn(candidate.returns) },
    backtest: { metrics: backtest.metrics, scored: backtest.scored },
    walk_forward: walkForward && { folds: walkForward.folds.map(({ oosReturns }) => hashOfColumn(oosReturns)) },
    cpcv: cpcv && { paths: cpcv.paths.map(({ returns }) => hashOfColumn(returns)) },
    reselection,
    dsr_at_owner_trials: dsrAtOwnerTrials,
    look_ahead: { seed: lookAhead.seed, cuts: lookAhead.cuts, compared: lookAhead.compared },
  } as EvidenceRecord['result'];
}
