import { isAtLeast, isAtMost, PURE_NUMBER } from '@assay/quant';

/** A gate's answer without its name; `passed: null` with this reason makes the whole policy undecided. */
export const EVIDENCE_MISSING = 'evidence_missing';

export interface Verdict {
  passed: boolean | null;
  value: number | null;
  threshold: number;
  /** A code, or what was seen and what is needed. */
  why: string;
}

export function missing(threshold: number): Verdict {
  return { passed: null, value: null, threshold, why: EVIDENCE_MISSING };
}

/** A gate that has nothing to say here: it neither refuses nor passes. */
export function neutral(threshold: number, why: string, value: number | null = null): Verdict {
  return { passed: null, value, threshold, why };
}

/** Refused for a reason with a code. */
export const refused = (threshold: number, why: string): Verdict => ({ passed: false, value: null, threshold, why });

/** An undefined value fails: null is no pass. */
export function atLeast(what: string, value: number | null, threshold: number): Verdict {
  return compare(what, value, threshold, value !== null && isAtLeast(value, threshold, PURE_NUMBER), 'at least');
}

export function atMost(what: string, value: number | null, threshold: number): Verdict {
  return compare(what, value, threshold, value !== null && isAtMost(value, threshold, PURE_NUMBER), 'at most');
}

/** A number of things of which at least so many are needed. */
export function enoughOf(what: string, count: number, threshold: number): Verdict {
  const passed = count >= threshold;
  const why = passed ? `${count} ${what}, ${threshold} are needed` : `${count} of ${threshold} needed ${what}`;
  return { passed, value: count, threshold, why };
}

/** A figure that rests on some of its folds or splits passes nothing, whatever its value. */
export function closedBy(reason: string | undefined, verdict: Verdict): Verdict {
  if (reason === undefined) return verdict;
  return { ...verdict, passed: false, why: `${verdict.why} (${reason}), which passes no gate` };
}

/** A figure in six digits. */
export const figureText = (value: number | null): string =>
  value === null || Number.isNaN(value) ? 'undefined' : String(Number(value.toPrecision(6)));

function compare(what: string, value: number | null, threshold: number, holds: boolean, bound: string): Verdict {
  const isNone = value === null || Number.isNaN(value);
  const why = `${what} ${figureText(value)}, ${bound} ${threshold} is needed`;
  return { passed: isNone ? false : holds, value: isNone ? null : value, threshold, why };
}
