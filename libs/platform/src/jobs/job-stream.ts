import type { JobDocument } from '@assay/contracts';
import type { FastifyReply } from 'fastify';
import { leaveWork } from '../http/passage';

export interface StreamedJob {
  read(): Promise<JobDocument>;
  /** Calls back when the job may have changed; returns the end of the watch. Changes it misses are found by polling. */
  watch(changed: () => void): () => void;
  /** Whether the credential that the stream was opened with is still good. */
  isAllowed(): Promise<boolean>;
}

export interface StreamTimes {
  pollMs: number;
  /** How often the credential is looked at. */
  recheckMs: number;
  /** Something is written at least so often, so that nobody on the way takes the stream for dead. */
  heartbeatMs: number;
  /** A reader who has not taken what was written by then is cut off. */
  stallMs: number;
}

const TIMES: StreamTimes = { pollMs: 2_000, recheckMs: 5_000, heartbeatMs: 15_000, stallMs: 30_000 };
const isOver = ({ state }: JobDocument): boolean => state === 'completed' || state === 'failed' || state === 'canceled';

/**
 * Writes the job as server-sent events, one after every change, named after its state; ends with the job, with the client, or with the
 * credential. To a slow reader only the newest state is written.
 */
export async function streamJob(
  reply: FastifyReply,
  first: JobDocument,
  job: StreamedJob,
  times: StreamTimes = TIMES,
): Promise<void> {
  reply.hijack();
  leaveWork(reply.request);
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  // Who has gone by now is not told again.
  let [last, open, changed, wake] = ['', !raw.destroyed, false, (): void => undefined];
  let [checkedAt, writtenAt] = [Date.now(), Date.now()];
  let blockedAt: number | undefined;
  const write = (text: string): void => {
    writtenAt = Date.now();
    if (!raw.write(text)) blockedAt ??= writtenAt;
  };
  const show = (shown: JobDocument): void => {
    const text = JSON.stringify(shown);
    if (text !== last) write(`event: ${shown.state}\ndata: ${text}\n\n`);
    last = text;
    if (isOver(shown)) open = false;
  };
  const notify = (): void => {
    changed = true;
    wake();
  };
  raw.on('drain', () => (blockedAt = undefined));
  raw.once('close', () => {
    open = false;
    wake();
  });
  const unwatch = job.watch(notify);
  changed = true;
  if (open) show(first);
  while (open) {
    if (!changed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, times.pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    changed = false;
    const now = Date.now();
    if (blockedAt !== undefined && now - blockedAt >= times.stallMs) {
      raw.destroy();
      break;
    }
    if (open && now - checkedAt >= times.recheckMs) {
      checkedAt = now;
      if (!(await job.isAllowed())) break;
    }
    // A failed read is repeated by the next poll, and so is one whose outcome nobody takes yet.
    const found = open && blockedAt === undefined ? await job.read().catch(() => undefined) : undefined;
    if (found && open) show(found);
    if (open && blockedAt === undefined && now - writtenAt >= times.heartbeatMs) write(': still here\n\n');
  }
  unwatch();
  raw.end();
}
