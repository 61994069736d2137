import { createRng } from '../random';
import type { TeamHelpers } from '../team/team-helpers';
import { raiseReached } from './exceedances/exceedances';
import type { ScreenJob } from './exceedances/screened-pass';
import { REACHED_BOTH, REACHED_HIGH, REACHED_LOW, type UnitRows } from './exceedances/unit-rows';
import { normalCdf } from './normal-distribution';
import type { TrialColumns } from './paired-columns';

/** Rows of the blocks' test: the raw columns first, which count against both thresholds. */
export const blockRows = (trials: readonly TrialColumns[], length: number): UnitRows => {
  const raw = trials.flatMap((trial) => trial.raw ?? []);
  const scaled = trials.flatMap((trial) => trial.scaled ?? []);
  const rows = [...raw, ...scaled].map(({ blockRow }) => blockRow);
  return {
    ...{ count: rows.length, length, guarded: raw.length },
    write: (row, into) => into.set(rows[row]),
    product: (row, draw) => {
      const own = rows[row];
      let sum = 0;
      for (let k = 0; k < length; k++) sum += own[k] * draw[k];
      return sum;
    },
  };
};

/** One of the two tests: its draws, of which the first `own` are the candidate's. */
interface Drawn {
  readonly test: 'block' | 'bar';
  readonly own: number;
  readonly length: number;
}

/** Statistics of the candidate that are compared: its raw one, and the larger of both. */
export interface Thresholds {
  readonly raw: number;
  readonly joint: number;
}

/**
 * Shares of the draws that reach the thresholds. Every draw takes its numbers from streams of its own: the candidate's places,
 * the others', and one uniform for the maximum of the independent columns, whose distribution function is Phi^count.
 */
export function pValues(
  { test, own, length }: Drawn,
  rows: UnitRows,
  { raw, joint }: Thresholds,
  independent: number,
  { draws, seed, helpers }: { draws: number; seed: number; helpers?: TeamHelpers<ScreenJob> },
  onProgress: (fraction: number) => void,
): Thresholds {
  const stream = (what: string) => createRng(`${seed} ${test} ${what}`);
  const reached = new Uint8Array(draws);
  const apart = stream('independent');
  const [below, belowAll] = [normalCdf(raw) ** independent, normalCdf(joint) ** independent];
  for (let d = 0; d < draws; d++) {
    const u = apart.next();
    if (independent > 0) reached[d] = u >= belowAll ? REACHED_BOTH : u >= below ? REACHED_LOW : 0;
  }
  raiseReached({
    ...{ rows, low: raw, high: joint, reached, onProgress, helpers },
    open: () => {
      const [first, rest] = [stream('candidate'), stream('others')];
      return (into) => {
        first.fillNormals(into, 0, own);
        rest.fillNormals(into, own, length);
      };
    },
  });
  let [low, high] = [0, 0];
  for (let d = 0; d < draws; d++) {
    if ((reached[d] & REACHED_LOW) !== 0) low++;
    if ((reached[d] & REACHED_HIGH) !== 0) high++;
  }
  return { raw: (1 + low) / (draws + 1), joint: (1 + high) / (draws + 1) };
}
