import { pboCscv, type BenchmarkTrial, type TimedReturns } from '@assay/quant';
import type { TrialSeries } from '@assay/pipeline';
import { BenchmarkScreen, type Statistics } from './benchmark-screen';
import { isPromoted, isRefused } from './policy';
import type { JudgedTrial } from './judged-trial';

/** Of a candidate that was promoted. */
export interface Promotion {
  /** Its Sharpe ratio is likely to be above 0 on its worst CPCV path too, not only in its ledger series. */
  onWorstPath: boolean;
}

/** Whether the gate of overfitting refuses every candidate of trials on the same bars: it asks about the ledger. */
function isOverfitted(trials: readonly TrialSeries[]): boolean {
  if (trials.length === 1) return false;
  const { pbo, lossProbability } = pboCscv(trials.map(({ returns }) => returns));
  return isRefused({ pbo: { n: trials.length, value: pbo, lossProbability } });
}

/**
 * Trials on the same bars, any of which may be submitted to the policy in force. Gates that are cheap are asked first, and the benchmark test
 * at a part of its draws where that tells already: whom one of them refuses the whole judgement refuses. Nobody is promoted without it.
 */
export class Ledger {
  private readonly screen: BenchmarkScreen;
  private readonly own: readonly BenchmarkTrial[];
  private readonly series: readonly TrialSeries[];
  private readonly judged = new Map<number, Promotion | null>();
  private overfitted?: boolean;

  /** @param benchmark buy and hold of the bars, from the first return on. */
  constructor(
    private readonly trials: readonly JudgedTrial[],
    benchmark: TimedReturns,
  ) {
    this.series = trials.map(({ series }) => series);
    this.own = this.series.map(({ openTimeMs, returns }) => ({ openTimeMs, returns, benchmark }));
    this.screen = new BenchmarkScreen(this.own);
  }

  /** The trial of highest Sharpe ratio. */
  get best(): number {
    return this.trials.reduce((best, { sharpe }, i) => (sharpe > this.trials[best].sharpe ? i : best), 0);
  }

  /** Whether any of its trials is promoted. */
  get promotesAny(): boolean {
    if (this.promoted(this.best) !== null) return true;
    if (this.isSmall && this.overfits) return false;
    // the strongest first: what refuses one of them refuses those after it
    const strength = this.trials.map(
      (trial, i) => (trial.isRefusedBySharpe ? null : this.statistics(i))?.['joint block'] ?? -Infinity,
    );
    const order = [...strength.keys()].filter((i) => strength[i] > -Infinity).sort((a, b) => strength[b] - strength[a]);
    return order.some((i) => this.promoted(i) !== null);
  }

  /** Null where it is refused. */
  promoted(i: number): Promotion | null {
    const known = this.judged.get(i);
    if (known !== undefined) return known;
    const found = this.judge(i);
    this.judged.set(i, found);
    return found;
  }

  private judge(i: number): Promotion | null {
    const trial = this.trials[i];
    if (trial.isRefusedBySharpe) return null;
    const statistics = this.statistics(i);
    if (statistics === null || this.screen.isBelowRefused(statistics) || trial.isRefusedAlone) return null;
    if (this.isSmall && this.overfits) return null;
    if (this.screen.isRefused(i, statistics) || this.overfits) return null;
    const outcome = trial.judge(this.series);
    if (isPromoted(outcome)) return { onWorstPath: !trial.isRefusedOnWorstPath };
    this.screen.learn(outcome.evidence.benchmark!, statistics);
    return null;
  }

  /** Whether the test of overfitting, whose time goes with the trials, takes less than that of the benchmark. */
  private get isSmall(): boolean {
    return this.trials.length <= 100;
  }

  private get overfits(): boolean {
    this.overfitted ??= isOverfitted(this.series);
    return this.overfitted;
  }

  private statistics(i: number): Statistics | null {
    return this.trials[i].statistics(this.own[i]);
  }
}
