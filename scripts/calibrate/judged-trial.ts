import type { PipelineDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import {
  buildGateEvidence,
  cpcvEvidence,
  cpcvOf,
  judgedStrategy,
  ledgerReturns,
  prepareStrategy,
  resolveOptions,
  StageCache,
  validationRange,
  walkForwardEvidence,
  walkForwardOf,
  type CpcvOutcome,
  type GateEvidenceOutcome,
  type JudgedRecord,
  type PreparedStrategy,
  type TrialSeries,
  type WalkForwardOutcome,
} from '@assay/pipeline';
import { probabilisticSharpe, sharpeRatio, type BenchmarkTrial } from '@assay/quant';
import { statisticsOf, type Statistics } from './benchmark-screen';
import { BARS_A_YEAR } from './markets';
import { isRefused } from './policy';

/** One configuration that was tried: a strategy on the bars it reads. */
export interface Trial {
  document: PipelineDocument;
  bars: BarColumns;
}

/** Bars that are made have no gaps and no errors. */
const QUALITY = { errors: 0, warnings: 0, unacknowledged: 0 };

const isUnlikely = (returns: Float64Array): boolean =>
  isRefused({ psr: { value: probabilisticSharpe(returns), bars: returns.length } });

/** A trial with all that the product reckons of it, each once and when it is asked for. */
export class JudgedTrial {
  private readonly prepared: PreparedStrategy;
  private readonly known: {
    record?: JudgedRecord;
    series?: TrialSeries;
    sharpe?: number;
    cpcv?: CpcvOutcome;
    walkForward?: WalkForwardOutcome;
    statistics?: Statistics | null;
    isRefusedBySharpe?: boolean;
    isRefusedAlone?: boolean;
  } = {};

  /**
   * @param name its key in the ledger
   * @param memo of its bars: trials on the same ones share what they have in common.
   */
  constructor(
    readonly trial: Trial,
    readonly name: string,
    memo = new StageCache(),
  ) {
    this.prepared = prepareStrategy(trial.document, trial.bars, memo);
  }

  /** What the ledger keeps of it. */
  get series(): TrialSeries {
    this.known.series ??= this.makeSeries();
    return this.known.series;
  }

  private makeSeries(): TrialSeries {
    const { document, bars } = this.trial;
    const { scored } = validationRange(this.record, {});
    const isFitted = this.prepared.plan !== null;
    return {
      configHash: this.name,
      openTimeMs: bars.openTimeMs.subarray(...scored),
      returns: isFitted
        ? this.cpcv.paths[this.cpcv.medianPath].returns
        : ledgerReturns(this.prepared, resolveOptions(document, {}), scored),
    };
  }

  /** Of the ledger series; -Infinity where undefined. */
  get sharpe(): number {
    this.known.sharpe ??= sharpeRatio(this.series.returns, BARS_A_YEAR) ?? -Infinity;
    return this.known.sharpe;
  }

  /** Of the benchmark test, whatever other trials there are on the same bars. */
  statistics(own: BenchmarkTrial): Statistics | null {
    if (this.known.statistics === undefined) this.known.statistics = statisticsOf(own);
    return this.known.statistics;
  }

  /** Whether gate 3 refuses it, the one that reads its ledger series alone. */
  get isRefusedBySharpe(): boolean {
    // at a Sharpe ratio of 0 and below the chance that it is above 0 is a half at most
    this.known.isRefusedBySharpe ??= this.sharpe <= 0 || isUnlikely(this.series.returns);
    return this.known.isRefusedBySharpe;
  }

  /** Whether gate 3 would refuse it on the CPCV path of lowest Sharpe ratio. */
  get isRefusedOnWorstPath(): boolean {
    return this.cpcv.paths.some(({ returns }) => isUnlikely(returns));
  }

  /** Whether gates refuse it that do not read the ledger. */
  get isRefusedAlone(): boolean {
    this.known.isRefusedAlone ??=
      this.isRefusedBySharpe ||
      isRefused({ walkForward: walkForwardEvidence(this.walkForward, this.trial.bars.openTimeMs) }) ||
      isRefused({ cpcv: cpcvEvidence(this.cpcv) });
    return this.known.isRefusedAlone;
  }

  /** The product's judgement of it as a candidate among the trials of a ledger. */
  judge(ledger: readonly TrialSeries[]): GateEvidenceOutcome {
    const { walkForward, cpcv } = this;
    return buildGateEvidence({ ...this.trial, ledger, candidateHash: this.name, quality: QUALITY, walkForward, cpcv });
  }

  private get cpcv(): CpcvOutcome {
    this.known.cpcv ??= this.makeCpcv();
    return this.known.cpcv;
  }

  private makeCpcv(): CpcvOutcome {
    const { record } = this;
    const range = validationRange(record, {});
    return { ...cpcvOf(record, range.scored), ...range };
  }

  private get walkForward(): WalkForwardOutcome {
    this.known.walkForward ??= walkForwardOf(this.record, {});
    return this.known.walkForward;
  }

  private get record(): JudgedRecord {
    this.known.record ??= judgedStrategy(this.prepared, resolveOptions(this.trial.document, {}));
    return this.known.record;
  }
}
