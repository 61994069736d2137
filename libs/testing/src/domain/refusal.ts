import { DomainError } from '@assay/primitives';

/** The domain error with which a step refuses; fails where it passes, or fails in another way. */
export function refusalOf(step: () => unknown): DomainError {
  try {
    step();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
