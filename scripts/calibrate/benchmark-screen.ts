import type { BenchmarkEvidence } from '@assay/domain';
import { benchmarkP, type BenchmarkPResult, type BenchmarkTrial, type BlockAndIid } from '@assay/quant';
import { isRefused, POLICY } from './policy';
import { BARS_A_YEAR } from './markets';

const DRAWN = POLICY.bounds.benchmark;
/** Draws that give a first idea of a p-value. */
const FIRST_DRAWS = 300;
/** So many draws more than the first idea asks for, since it may be too high. */
const MARGIN = 1.25;
/** A candidate that would take more of the policy's draws than this share is judged with all of them. */
const MOST_OF_DRAWS = 0.8;

/** The candidate's statistics: of two candidates of one ledger the one with the lower has the higher p. */
type Statistic = 'raw block' | 'raw iid' | 'joint block' | 'joint iid';
export type Statistics = Record<Statistic, number>;

/** The least p-values that the policy's draws can give after `draws` of them, which are the first of its own. */
function leastEvidence({ why, raw, joint, ...found }: BenchmarkPResult): BenchmarkEvidence {
  const least = (p: number): number => Math.round(p * (found.draws + 1)) / (DRAWN.draws + 1);
  const both = (of: BlockAndIid): BlockAndIid => ({ block: least(of.block), iid: least(of.iid) });
  // of one trial alone the raw p has a closed form, whatever is drawn
  const raws = raw && (found.trials === 1 ? raw : both(raw));
  const joints = joint && both(joint);
  return {
    ...found,
    raw: raws,
    joint: joints,
    rawP: raws && Math.max(raws.block, raws.iid),
    jointP: joints && Math.max(joints.block, joints.iid),
    ...(why === null ? {} : { why }),
  };
}

/** The share of the policy's draws after which a p-value of this size is too large for certain; above 1 where it is small enough. */
function leastExcess({ jointP, rawP, trials }: BenchmarkPResult): number {
  const limits = POLICY.bounds.large_ledger;
  const isLarge = trials > limits.above;
  const share = (p: number | null, gate: 'benchmark_p' | 'benchmark_raw_p'): number =>
    (isLarge ? limits[gate] : POLICY.gates[gate]!) / p!;
  return Math.min(share(jointP, 'benchmark_p'), share(rawP, 'benchmark_raw_p'));
}

/**
 * Tells candidates of a ledger that the benchmark test refuses, at a part of its draws: a draw that reaches the candidate's statistic stays
 * reached, so a p that is too large after some of the draws is too large after all, and so it is for every candidate with a smaller statistic.
 * Where several candidates are asked about trials must have the same bars and the same benchmark. What is not told is to be judged.
 */
export class BenchmarkScreen {
  /** Highest statistics that are known to be refused. */
  private readonly refused: Statistics = {
    ...{ 'raw block': -Infinity, 'raw iid': -Infinity, 'joint block': -Infinity, 'joint iid': -Infinity },
  };

  constructor(private readonly trials: readonly (BenchmarkTrial | null)[]) {}

  /** Whether one with statistics as high or higher is known to be refused. */
  isBelowRefused(own: Statistics): boolean {
    return (Object.keys(own) as Statistic[]).some((statistic) => own[statistic] <= this.refused[statistic]);
  }

  isRefused(candidate: number, own: Statistics): boolean {
    if (this.isBelowRefused(own)) return true;
    let draws = FIRST_DRAWS;
    while (draws <= MOST_OF_DRAWS * DRAWN.draws) {
      const found = this.after(draws, candidate);
      if (this.learn(leastEvidence(found), own)) return true;
      // as many draws as it takes to refuse if the p-value is what it seems to be
      draws = Math.max(2 * draws, Math.ceil(MARGIN * DRAWN.draws * leastExcess(found)));
    }
    return false;
  }

  private after(draws: number, candidate: number): BenchmarkPResult {
    return benchmarkP({ trials: this.trials, candidate, periodsPerYear: BARS_A_YEAR, draws, seed: DRAWN.seed });
  }

  /** Whether the evidence refuses; then so do the candidates below it. */
  learn(evidence: BenchmarkEvidence, own: Statistics): boolean {
    if (!isRefused({ benchmark: evidence })) return false;
    const { raw, joint, trials } = evidence;
    for (const test of ['block', 'iid'] as const) {
      const only = (part: BlockAndIid, p: 'rawP' | 'jointP'): BenchmarkEvidence => ({
        ...evidence,
        ...{ rawP: 0, jointP: 0, [p]: part[test] },
      });
      if (raw && trials > 1 && isRefused({ benchmark: only(raw, 'rawP') })) this.raise(`raw ${test}`, own);
      if (joint && isRefused({ benchmark: only(joint, 'jointP') })) this.raise(`joint ${test}`, own);
    }
    return true;
  }

  private raise(statistic: Statistic, own: Statistics): void {
    this.refused[statistic] = Math.max(this.refused[statistic], own[statistic]);
  }
}

/** Of a trial as a candidate, whatever other trials there are on the same bars; null where the test refuses it without them. */
export function statisticsOf(trial: BenchmarkTrial): Statistics | null {
  const found = benchmarkP({ trials: [trial], candidate: 0, periodsPerYear: BARS_A_YEAR, draws: 1, seed: DRAWN.seed });
  if (found.t === null) return null;
  const { raw, scaled } = found.t;
  return {
    ...{ 'raw block': raw.block, 'raw iid': raw.iid },
    'joint block': Math.max(raw.block, scaled?.block ?? -Infinity),
    'joint iid': Math.max(raw.iid, scaled?.iid ?? -Infinity),
  };
}
