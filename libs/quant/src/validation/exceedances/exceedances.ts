import { DoublePass } from './double-pass';
import { PlainPass } from './plain-pass';
import type { TeamHelpers } from '../../team/team-helpers';
import { MOST_SCREENED, ScreenedPass, type ScreenedInput, type ScreenJob } from './screened-pass';
import { screenedRowBytes } from './screened-rows';
import { inOne, type Levels, type RowPass, type UnitRows } from './unit-rows';

export interface ExceedanceInput extends Levels {
  readonly rows: UnitRows;
  /** What each draw has reached so far; raised to what it reaches with these rows. */
  readonly reached: Uint8Array;
  /** Gives the draws from the first on, one after the other; opened once for each pass over the rows. */
  readonly open: () => (into: Float64Array) => void;
  /** Called with the share of the work that is done. */
  readonly onProgress?: (fraction: number) => void;
  /** Default `auto`; all find the same. */
  readonly kernel?: 'auto' | 'plain' | 'screened' | 'double';
  /** Threads that help where there is much to do; what is found is the same without. */
  readonly helpers?: TeamHelpers<ScreenJob>;
  /** Memory for rows; more of them take more passes. */
  readonly rowBytes?: number;
}

const LEAST_ROWS = 128;
const ROW_BYTES = 2 ** 27;

/**
 * Raises, for each draw g, what max over rows of (row . g) reaches: the lower threshold by the guarded rows, the higher one by
 * all. What is reached is that of the plain loop.
 */
export function raiseReached(input: ExceedanceInput): void {
  const { low, high, reached, kernel = 'auto', rowBytes = ROW_BYTES, onProgress, helpers } = input;
  // nothing is at or above what is no number
  if (input.rows.count === 0 || low !== low || high !== high) return;
  const isScreened = kernel === 'auto' ? input.rows.length <= MOST_SCREENED : kernel === 'screened';
  const rows = isScreened ? input.rows : inOne(input.rows);
  const bytes = isScreened ? screenedRowBytes(rows.length) : 8 * rows.length;
  const fitting = Math.max(LEAST_ROWS, Math.floor(rowBytes / bytes));
  for (let from = 0; from < rows.count; from += fitting) {
    const to = Math.min(rows.count, from + fitting);
    const held = { rows, from, to, levels: { low, high }, reached, helpers };
    const opened = kernel === 'plain' ? null : isScreened ? ScreenedPass.open(held) : DoublePass.open(held);
    const share = (draws: number): number => (from + ((to - from) * draws) / reached.length) / rows.count;
    holdAll(opened ?? new PlainPass(held), held, input.open(), (draws) => onProgress?.(share(draws)));
  }
}

/** Holds all draws against the rows of a pass, two turns in turn: the draws of one are made while those of the other are held. */
function holdAll(
  pass: RowPass,
  { rows, reached }: ScreenedInput,
  next: (into: Float64Array) => void,
  onDone: (draws: number) => void,
): void {
  const drawn = [0, 1].map(() => Array.from({ length: pass.draws }, () => new Float64Array(rows.length)));
  const prepare = (turn: number, first: number): void => {
    const taken = Math.min(pass.draws, reached.length - first);
    if (taken <= 0) return;
    for (let draw = 0; draw < taken; draw++) next(drawn[turn][draw]);
    pass.prepare(turn, drawn[turn], taken, first);
  };
  let isOver = false;
  try {
    prepare(0, 0);
    for (let [first, turn] = [0, 0]; first < reached.length; first += pass.draws, turn = 1 - turn) {
      const after = first + pass.draws;
      const other = 1 - turn;
      pass.raise(turn, () => prepare(other, after));
      onDone(Math.min(after, reached.length));
    }
    isOver = true;
  } finally {
    pass.close(isOver);
  }
}
