import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';

const STALLED_MS = 30_000;

/**
 * Ends the connection of who takes nothing of a long answer although something lies ready for him: what the answer holds is free then.
 * Node looks at the connection every `stalledMs` in which nothing is written, and passes over one whose reader has taken some of what is
 * on its way: who reads slowly is never ended, who stops is after one or two looks.
 */
export function endStalled(response: ServerResponse, stalledMs = STALLED_MS): void {
  // an injected request has no connection
  if (!(response.req.socket instanceof Socket)) return;
  response.setTimeout(stalledMs, () => {
    // nothing ready: the reader waits for the server
    if (response.writableLength > 0) response.destroy();
  });
}
