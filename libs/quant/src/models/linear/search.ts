import { requireThat } from '../../errors/invalid-input';

/** How the search for a minimum ended. */
export interface FittedSearch {
  readonly iterations: number;
  readonly converged: boolean;
}

/** @throws InvalidInputError that names the field. */
export function checkSearch(maxIterations: number, tolerance: number): void {
  const isCount = Number.isInteger(maxIterations) && maxIterations >= 1;
  requireThat(isCount, 'maxIterations', 'an integer of at least 1', maxIterations);
  requireThat(tolerance > 0, 'tolerance', 'positive', tolerance);
}
