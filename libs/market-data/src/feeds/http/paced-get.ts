import { refuse } from '@assay/primitives';
import { AskLater, guardedGet, type GuardedAnswer, type GuardedRequest } from './guarded-request';

/** What a host may be asked at a time, all workers together. */
export interface HostPace {
  pace: (host: string, intervalMs: number) => Promise<void>;
  /** Told when a host wants to be left alone. */
  onLater: (host: string, afterMs: number) => Promise<void>;
}

const USUAL_REST_MS = 60_000;

/**
 * `guardedGet` in the turn of its host, which is left alone for as long as it says where it wants to be asked later.
 * @throws DomainError `unavailable`
 */
export async function pacedGet(
  request: GuardedRequest,
  intervalMs: number,
  { pace, onLater }: HostPace,
): Promise<GuardedAnswer> {
  const { host } = request.url;
  await pace(host, intervalMs);
  try {
    return await guardedGet(request);
  } catch (error) {
    if (!(error instanceof AskLater)) throw error;
    await onLater(host, error.afterMs ?? USUAL_REST_MS);
    throw refuse('unavailable', error.message);
  }
}
