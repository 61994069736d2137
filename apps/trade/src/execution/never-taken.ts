import type { Venue } from '@assay/domain';
import { sendWindowMs } from '../adapters/send-window';

/** How long a look at one order may wait, with its symbol's lock. */
export const LONGEST_WAIT_MS = 2_000;

type Capable = Pick<Venue, 'capabilities'>;

/**
 * How old the right to send an order should be before a venue that did not have it is asked again, where the right is `sinceMs` old: as
 * old as not found proves something, if that is near; else only so old that a request which had begun has most likely arrived.
 */
export function waitUntilMs({ capabilities }: Capable, sinceMs: number): number {
  const latestMs = sinceMs + LONGEST_WAIT_MS;
  const proofMs = sendWindowMs() + (capabilities.requestValidityMs ?? 0);
  return proofMs <= latestMs ? proofMs : Math.min(sendWindowMs(), latestMs);
}

/**
 * Whether an order that is not found was never taken. It was not where nobody ever began to send it; else only where the venue names the
 * time in which a request may still take effect, and that is over. `sinceMs`: how long ago somebody took the right to send it.
 */
export function isProvenNeverTaken({ capabilities }: Capable, sinceMs: number | null): boolean {
  if (sinceMs === null) return true;
  const { requestValidityMs, clientIdScope } = capabilities;
  return requestValidityMs !== null && clientIdScope !== 'none' && sinceMs >= sendWindowMs() + requestValidityMs;
}
