import { calendarFor } from '@assay/calendars';
import type { EvidenceFile, EvidenceRecord, StrategyDocument, UniverseDocument } from '@assay/contracts';
import type { BarColumns, DataQualityEvidence } from '@assay/domain';
import type { TimedReturns } from '@assay/quant';
import type { BacktestOptions } from '../backtest';
import { universeGates } from '../universe';
import { buildGateEvidence, type JudgingInput, type Progress, type TrialSeries } from '../validation';
import { numbersOf, readContent } from './contents';
import { makeRecord, type JudgedInputs, type MadeRecord } from './evidence-record';

/** What a quality report comes to for the gates. */
export interface QualityFindings {
  errors: number;
  warnings: readonly unknown[];
  unacknowledged: readonly unknown[];
}

export const qualityEvidence = (quality: QualityFindings | null): DataQualityEvidence | null =>
  quality && {
    errors: quality.errors,
    warnings: quality.warnings.length,
    unacknowledged: quality.unacknowledged.length,
  };

/**
 * Judges again from what a record states and from bars, by the code that runs here, and makes the record of that. Trials of the ledger,
 * the quality report, what a look at locked bars found and which bars are made up are taken as stated.
 * @throws DomainError for a document that cannot be run on the bars. Contents must have been checked before
 */
export function rejudge(
  { record, content }: Pick<EvidenceFile, 'record' | 'content'>,
  series: readonly BarColumns[],
  onProgress?: Progress,
): MadeRecord {
  const inputs = inputsOf(record, content, series);
  const { document, options } = inputs.strategy;
  const stated = record.result as { walk_forward?: unknown; cpcv?: unknown };
  const synthetic = inputs.series.flatMap((one) => (one.synthetic ? [one.bars.symbol] : []));
  const judging: JudgingInput = {
    walkForward: stated.walk_forward ? 'run' : null,
    cpcv: stated.cpcv ? 'run' : null,
    ledger: inputs.ledger,
    outsideTrials: inputs.outsideTrials,
    ownerTrials: inputs.ownerTrials,
    quality: qualityEvidence(record.quality as QualityFindings | null),
    synthetic,
    strict: inputs.holdout.kept,
    holdout: inputs.holdout.looked,
    seed: record.seeds.audits,
    draws: record.seeds.benchmark.draws,
  };
  const outcome =
    document.kind === 'universe'
      ? universeGates({ document, series, calendar: calendarFor(document.market), ...judging }, onProgress)
      : buildGateEvidence(
          { document, bars: series[0]!, artifact: inputs.artifact, options: options ?? {}, ...judging },
          onProgress,
        );
  return makeRecord(inputs, outcome);
}

/** What was judged, with the contents in place of their addresses. */
function inputsOf(
  { strategy, artifact, bars, trials, quality, holdout }: EvidenceRecord,
  content: EvidenceFile['content'],
  series: readonly BarColumns[],
): JudgedInputs {
  const known = new Map<string, Float64Array>();
  const column = (sha256: string): Float64Array => {
    const found = known.get(sha256) ?? numbersOf(readContent(content, sha256).bytes!);
    known.set(sha256, found);
    return found;
  };
  const timed = ({ times, returns }: { times: string; returns: string }): TimedReturns => ({
    openTimeMs: column(times),
    returns: column(returns),
  });
  const ledger = trials.ledger.map(({ config_hash: configHash, benchmark, ...own }): TrialSeries => {
    const trial = { configHash, ...timed(own) };
    return benchmark === 'own' ? trial : { ...trial, benchmark: benchmark && timed(benchmark) };
  });
  return {
    strategy: {
      strategyId: strategy.strategy_id,
      revision: strategy.revision,
      configHash: strategy.config_hash,
      evaluation: strategy.evaluation,
      document: strategy.document as unknown as StrategyDocument | UniverseDocument,
      options: strategy.options as BacktestOptions | null,
    },
    artifact: artifact === null ? null : readContent(content, artifact).bytes,
    source: bars.source,
    series: series.map((one, i) => {
      const { adjustment, synthetic } = bars.series[i]!;
      return { bars: one, adjustment, synthetic };
    }),
    ledger,
    outsideTrials: trials.outside_trials,
    ownerTrials: trials.owner_trials,
    quality,
    holdout: holdout as JudgedInputs['holdout'],
  };
}
