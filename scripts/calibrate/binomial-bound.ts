/** P(X <= k) of n independent tries that succeed with p, summed from logarithms so that it neither over- nor underflows. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k >= n) return 1;
  if (p <= 0) return 1;
  if (p >= 1) return 0;
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

const HALVINGS = 60;

/**
 * Exact one-sided upper bound of a share (Clopper & Pearson 1934): the p at which so few successes or fewer are as rare as 1 - level. 1 where
 * every try succeeds.
 */
export function upperBound(successes: number, tries: number, level = 0.95): number {
  if (successes >= tries) return 1;
  let low = successes / tries;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (binomialTail(successes, tries, middle) > 1 - level) low = middle;
    else high = middle;
  }
  return high;
}

/** The lower one, by the same with failures. */
export const lowerBound = (successes: number, tries: number, level = 0.95): number =>
  1 - upperBound(tries - successes, tries, level);
