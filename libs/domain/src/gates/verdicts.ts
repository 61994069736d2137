import { isAtLeast, isAtMost, PURE_NUMBER } from '@assay/quant';

/** A gate's answer without its name; `passed: null` with this reason makes the whole policy undecided. */
export const EVIDENCE_MISSING = 'evidence_missing';

export interface Verdict {
  passed: boolean | null;
  value: number | null;
  threshold: number;
  why: string;
}

export function missing(threshold: number): Verdict {
  return { passed: null, value: null, threshold, why: EVIDENCE_MISSING };
}

/** A gate that has nothing to say here: it neither refuses nor passes. */
export function neutral(threshold: number, why: string, value: number | null = null): Verdict {
  return { passed: null, value, threshold, why };
}

/** An undefined value fails: null is no pass. */
export function atLeast(what: string, value: number | null, threshold: number): Verdict {
  return compare(what, value, threshold, value !== null && isAtLeast(value, threshold, PURE_NUMBER), 'at least');
}

export function atMost(what: string, value: number | null, threshold: number): Verdict {
  return compare(what, value, threshold, value !== null && isAtMost(value, threshold, PURE_NUMBER), 'at most');
}

/** A figure that rests on some of its folds or splits passes nothing, whatever its value. */
export function closedBy(reason: string | undefined, verdict: Verdict): Verdict {
  if (reason === undefined) return verdict;
  return { ...verdict, passed: false, why: `${verdict.why} (${reason}), which passes no gate` };
}

function compare(what: string, value: number | null, threshold: number, holds: boolean, bound: string): Verdict {
  if (value === null || Number.isNaN(value)) {
    return { passed: false, value: null, threshold, why: `${what} must be ${bound} ${threshold}, was undefined` };
  }
  return {
    passed: holds,
    value,
    threshold,
    why: `${what} must be ${bound} ${threshold}, was ${Number(value.toPrecision(6))}`,
  };
}
