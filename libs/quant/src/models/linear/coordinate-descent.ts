/** The penalised part of an objective, and when its search ends. */
export interface DescentRules {
  /** On the summed absolute values of all entries but the last. */
  readonly l1: number;
  /** Ends when no entry moves by more in a sweep. */
  readonly tolerance: number;
  readonly mostSweeps: number;
}

export interface Descended {
  readonly values: Float64Array;
  readonly sweeps: number;
  readonly converged: boolean;
}

/**
 * Minimises -descent (b - start) + (b - start)' H (b - start) / 2 + l1 |b|_1 over b, the last entry unpenalised, by
 * cyclic coordinate descent (Friedman, Hastie and Tibshirani, 2010).
 * @param hessian its lower triangle, row-major.
 */
export function descend(
  start: Float64Array,
  descent: Float64Array,
  hessian: Float64Array,
  { l1, tolerance, mostSweeps }: DescentRules,
): Descended {
  const size = start.length;
  const b = start.slice();
  const entry = (i: number, j: number): number => (i >= j ? hessian[i * size + j] : hessian[j * size + i]);
  // what is left of the descent at b
  const rest = descent.slice();
  let sweeps = 0;
  let moved = Infinity;
  while (sweeps < mostSweeps && moved > tolerance) {
    sweeps++;
    moved = 0;
    for (let j = 0; j < size; j++) {
      const curvature = entry(j, j);
      if (curvature <= 0) continue;
      const free = rest[j] + curvature * b[j];
      const held = j === size - 1 ? 0 : l1;
      const value = (Math.abs(free) > held ? free - Math.sign(free) * held : 0) / curvature;
      const move = value - b[j];
      if (move === 0) continue;
      b[j] = value;
      moved = Math.max(moved, Math.abs(move));
      for (let i = 0; i < size; i++) rest[i] -= move * entry(i, j);
    }
  }
  return { values: b, sweeps, converged: moved <= tolerance };
}
