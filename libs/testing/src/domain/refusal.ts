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

/** The same of a step that answers later. */
export async function rejectionOf(step: Promise<unknown>): Promise<DomainError> {
  const [settled] = await Promise.allSettled([step]);
  return refusalOf(() => {
    if (settled.status === 'rejected') throw settled.reason;
  });
}
