import { NONE } from '../../../format/number';
import { reasonWords } from './reasons';

interface Run {
  outcome: string | null;
  reason: string | null;
}

const isRefused = ({ outcome, reason }: Run): boolean => outcome === 'refused' && reason !== null;

/** What a run came to: where it was refused, by which check. */
export function runOutcome(run: Run): string {
  if (run.outcome === null) return NONE;
  if (!isRefused(run)) return reasonWords(run.outcome);
  return `Refused: ${reasonWords(run.reason!).toLowerCase()}`;
}

/** Why it came to that. */
export const runReason = (run: Run): string =>
  isRefused(run) ? 'No order was sent; its decision has every check' : (run.reason ?? NONE);
