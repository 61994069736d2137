import type { PipelineDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { TrialSeries } from '@assay/pipeline';
import { heldOf, heldTrial } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { streamOf } from './markets';

/** What was tried before the candidate is submitted. */
export interface Attack {
  candidate: JudgedTrial;
  /** Everything in the ledger, the candidate too; a series with a benchmark of null has no usable one. */
  ledger: readonly TrialSeries[];
}

/** An honest search on bars without an edge: its trials, and the one of highest Sharpe ratio. */
export interface Search {
  seed: string;
  bars: BarColumns;
  trials: readonly JudgedTrial[];
  best: JudgedTrial;
}

const seriesOf = (trials: readonly JudgedTrial[]): TrialSeries[] => trials.map(({ series }) => series);

const JUNK_TRIALS = 50;
/** Of a trial that changes its side on each bar: it loses for certain. */
const JUNK_COSTS = { fee_bps: 20, slippage_bps: 0, spread_bps: 0 };
const DUPLICATES = 50;
/** Of the bars on which a duplicate is on the other side. */
const CHANGED_SHARE = 0.01;
const SMALL_SIZE = 0.01;
/** As few bars as the gate of overfitting takes: 16 blocks of 20. */
const SHORT_BARS = 320;
const WEEK = 5;

const withDocument = (
  trial: JudgedTrial,
  name: string,
  change: (document: PipelineDocument) => PipelineDocument,
): JudgedTrial => new JudgedTrial({ ...trial.trial, document: change(trial.trial.document) }, name);

/** Trials that lose for certain, so that the honest ones look as if they lasted. */
function junk({ seed, bars, trials, best }: Search): Attack {
  const n = bars.close.length;
  const losing = Array.from({ length: JUNK_TRIALS }, (_, i) => {
    const rng = streamOf(seed, 'junk', i);
    const held = Float64Array.from({ length: n }, () => (rng.next() < 0.5 ? 1 : -1));
    const trial = new JudgedTrial(heldTrial(bars, held, i % 2 === 0), '');
    return withDocument(trial, `junk ${i}`, (document) => ({ ...document, costs: JUNK_COSTS }));
  });
  return { candidate: best, ledger: seriesOf([...trials, ...losing]) };
}

/** Copies of the candidate with small changes, so that many trials agree with it. */
function duplicates({ seed, bars, trials, best }: Search): Attack {
  const held = heldOf(best.trial);
  const copies = Array.from({ length: DUPLICATES }, (_, i) => {
    const rng = streamOf(seed, 'duplicate', i);
    const changed = held.map((side) => (rng.next() < CHANGED_SHARE ? -side : side));
    const isLongShort = best.trial.document.signal.position_mode === 'long_short';
    return new JudgedTrial(heldTrial(bars, changed, isLongShort), `copy ${i}`);
  });
  return { candidate: best, ledger: seriesOf([...trials, ...copies]) };
}

/** The search is made at a hundredth of the size, and its winner comes at full size. */
function smallSize({ trials, best }: Search): Attack {
  const small = trials.map((trial, i) =>
    withDocument(trial, `small ${i}`, (document) => ({
      ...document,
      sizing: { kind: 'percent_of_equity', fraction: SMALL_SIZE },
    })),
  );
  return { candidate: best, ledger: [...seriesOf(small), best.series] };
}

/** One more trial has the last bars only, to which all are cut where all must have the same. */
function shortTrial({ trials, best }: Search): Attack {
  const { openTimeMs, returns } = trials[0].series;
  const short = {
    configHash: 'short',
    openTimeMs: openTimeMs.slice(-SHORT_BARS),
    returns: returns.slice(-SHORT_BARS),
  };
  return { candidate: best, ledger: [...seriesOf(trials), short] };
}

/** All but the candidate are kept in weeks, so that their series cannot be held against its days. */
function otherFrequency({ trials, best }: Search): Attack {
  const weekly = trials.map((trial): TrialSeries => {
    const { configHash, openTimeMs, returns } = trial.series;
    if (trial === best) return trial.series;
    const weeks = Math.floor(returns.length / WEEK);
    return {
      configHash,
      benchmark: null,
      openTimeMs: openTimeMs.filter((_, t) => t % WEEK === 0).slice(0, weeks),
      returns: Float64Array.from(
        { length: weeks },
        (_, w) => returns.subarray(w * WEEK, (w + 1) * WEEK).reduce((value, r) => value * (1 + r), 1) - 1,
      ),
    };
  });
  return { candidate: best, ledger: weekly };
}

/** Ways to make a ledger look better than the search that it keeps. */
export const ATTACKS = {
  junk,
  duplicates,
  small_size: smallSize,
  short_trial: shortTrial,
  other_frequency: otherFrequency,
} satisfies Record<string, (search: Search) => Attack>;

export type AttackName = keyof typeof ATTACKS;
export const ATTACK_NAMES = Object.keys(ATTACKS) as AttackName[];
