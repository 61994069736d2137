import { buildGateEvidence, type GateEvidenceInput, type TrialSeries } from '@assay/pipeline';
import { buyAndHoldReturns, createRng } from '@assay/quant';
import { plainJudging } from './plain-judging';
import type { Row } from './rows';
import { market, pipeline } from './strategy-sweeps';

/** Draws of the plain loops. */
const PLAIN_DRAWS = 100;
const SEED = 1;
const RUNS = 3;

/** A rule that works, over 1,500 scored bars, and so many trials with it: the dearest case, since no draw is decided early. */
function judgedLedger(count: number): Omit<GateEvidenceInput, 'ledger'> & { ledger: TrialSeries[] } {
  const bars = market(1752, 0.004);
  const document = pipeline('factor', [0.5, -0.5], { pin: null, kind: 'rule.identity' });
  const openTimeMs = bars.openTimeMs.slice(252);
  const rng = createRng(count);
  // families of about twenty alike, as the cells of a grid are
  const leaders = Array.from({ length: Math.ceil(count / 20) }, () => openTimeMs.map(() => 0.01 * rng.normal()));
  const ledger = Array.from({ length: count - 1 }, (_, i): TrialSeries => {
    const leader = leaders[i % leaders.length];
    return { configHash: `trial ${i}`, openTimeMs, returns: leader.map((x) => x + 0.004 * rng.normal()) };
  });
  return { document, bars, walkForward: 'run', cpcv: 'run', ledger };
}

/**
 * Seconds to judge a ledger, the least of three runs after one: on one thread beside the plain loops of the same sums, and on two. What the
 * plain loops count, of as many draws, must be the same.
 */
export function benchGates(counts: readonly number[] = [431, 1809, 5000]): Row[] {
  return counts.flatMap((count): Row[] => {
    const input = judgedLedger(count);
    const secondsOn = (threads: number): number => {
      const times = Array.from({ length: RUNS + 1 }, () => {
        const start = performance.now();
        buildGateEvidence({ ...input, threads });
        return (performance.now() - start) / 1000;
      });
      return Math.min(...times.slice(1));
    };
    const [one, two] = [secondsOn(1), secondsOn(2)];
    const { evidence, candidate } = buildGateEvidence({ ...input, draws: PLAIN_DRAWS });
    const { t, joint, trials } = evidence.benchmark!;
    const plain = plainJudging(
      {
        trials: [candidate.returns, ...input.ledger.map(({ returns }) => returns)],
        held: buyAndHoldReturns(input.bars.close).slice(1),
      },
      { threshold: Math.max(t!.raw.iid, t!.scaled!.iid), draws: PLAIN_DRAWS, seed: SEED },
    );
    const reached = Math.round(joint!.iid * (PLAIN_DRAWS + 1)) - 1;
    if (plain.reached !== reached) throw new Error(`the plain loops must count ${reached}, counted ${plain.reached}`);
    const what = `gates, ${trials.toLocaleString('en')} trials`;
    const clusters = evidence.dsr?.nEffectiveRange.map(Math.round).join(' to ');
    return [
      {
        what: `${what}, against plain loops`,
        value: `${one.toFixed(2)} s / ${(plain.ms / 1000).toFixed(1)} s`,
        ratio: one / (plain.ms / 1000),
        note: `1 thread; clusters and raw ${clusters}`,
      },
      {
        what: `${what}, 1 against 2 threads`,
        value: `${one.toFixed(2)} s / ${two.toFixed(2)} s`,
        ratio: one / two,
        note: 'scaling',
      },
    ];
  });
}

export const GATES_PROBE = 'gates, 50,000 trials';

/** Judges a ledger of 50,000 trials, each of 1,500 bars: 572 MiB of returns. */
export function judgeLongLedger(): void {
  buildGateEvidence(judgedLedger(50_000));
}
