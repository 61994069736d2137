import type { FastifyReply } from 'fastify';
import { leaveWork } from '../http/passage';
import type { Change, ChangeLog } from './change-log';
import type { Watcher } from './change-feed';

export interface StreamedChanges {
  ownerId: string;
  log: ChangeLog;
  /** `Last-Event-ID` of a reader who comes back. */
  lastSeen?: string;
  watch(watcher: Watcher): () => void;
  /** Whether the credential that the stream was opened with is still good. */
  isAllowed(): Promise<boolean>;
}

export interface ChangeTimes {
  /** Changes of the same thing within this time are told once. */
  gatherMs: number;
  recheckMs: number;
  heartbeatMs: number;
  /** A reader who has not taken what was written by then is cut off. */
  stallMs: number;
}

const TIMES: ChangeTimes = { gatherMs: 200, recheckMs: 5_000, heartbeatMs: 15_000, stallMs: 30_000 };
const CHECK_MS = 500;

const dataOf = ({ kind, id, deploymentId, atMs }: Change): string =>
  JSON.stringify({
    kind,
    id,
    ...(deploymentId ? { deployment_id: deploymentId } : {}),
    at: new Date(atMs).toISOString(),
  });

/**
 * Writes an owner's changes as server-sent events: `change` for each, `reset` where some may have been missed. Ends with the client or with
 * the credential. What a slow reader does not take is told once a thing, not once a change.
 */
export async function streamChanges(reply: FastifyReply, changes: StreamedChanges, times = TIMES): Promise<void> {
  const { log, ownerId, lastSeen } = changes;
  reply.hijack();
  leaveWork(reply.request);
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  const waiting = new Map<string, Change>();
  let [isLost, blockedAt] = [false, undefined as number | undefined];
  const write = (text: string): void => {
    if (!raw.write(text)) blockedAt ??= Date.now();
  };
  const flush = (): void => {
    if (blockedAt !== undefined || raw.destroyed) return;
    if (isLost) write(`id: ${log.idOf()}\nevent: reset\ndata: {}\n\n`);
    // in the order in which they were told last, so that the id of the last event covers all before it
    const due = [...waiting.values()].sort((a, b) => a.sequence - b.sequence);
    for (const change of due) write(`id: ${log.idOf(change.sequence)}\nevent: change\ndata: ${dataOf(change)}\n\n`);
    isLost = false;
    waiting.clear();
  };
  const note: Watcher = (change) => {
    if (change === 'lost') isLost = true;
    else waiting.set(`${change.kind} ${change.id}`, change);
  };
  const unwatch = changes.watch(note);
  const missed = lastSeen === undefined ? [] : log.since(lastSeen, ownerId);
  if (missed === undefined) isLost = true;
  for (const change of missed ?? []) note(change);
  write(`retry: 2000\nid: ${log.idOf()}\n\n`);
  flush();

  raw.on('drain', () => (blockedAt = undefined));
  const gone = new Promise<'gone'>((resolve) => raw.once('close', () => resolve('gone')));
  let [checkedAt, beatAt] = [Date.now(), Date.now()];
  const gather = setInterval(flush, times.gatherMs);
  let timer: NodeJS.Timeout | undefined;
  while (!raw.destroyed) {
    const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.min(CHECK_MS, times.recheckMs))));
    if ((await Promise.race([gone, pause])) === 'gone') break;
    const now = Date.now();
    if (blockedAt !== undefined && now - blockedAt >= times.stallMs) raw.destroy();
    if (now - checkedAt >= times.recheckMs) {
      checkedAt = now;
      if (!(await changes.isAllowed())) break;
    }
    if (blockedAt === undefined && now - beatAt >= times.heartbeatMs) {
      beatAt = now;
      write(': still here\n\n');
    }
  }
  clearTimeout(timer);
  clearInterval(gather);
  unwatch();
  raw.end();
}
