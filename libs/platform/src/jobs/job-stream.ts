import type { JobDocument } from '@assay/contracts';
import type { FastifyReply } from 'fastify';

const POLL_MS = 2_000;
const isOver = ({ state }: JobDocument): boolean => state === 'completed' || state === 'failed' || state === 'canceled';

/**
 * Writes the job as server-sent events, one after every change, named after its state; ends with the job or with the client.
 *
 * @param watch calls back when the job may have changed; returns the end of the watch. Changes it misses are found by polling
 */
export async function streamJob(
  reply: FastifyReply,
  first: JobDocument,
  read: () => Promise<JobDocument>,
  watch: (changed: () => void) => () => void,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  const requestId = reply.getHeader('x-request-id');
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    ...(requestId ? { 'x-request-id': String(requestId) } : {}),
  });
  let last = '';
  const write = (job: JobDocument): boolean => {
    const text = JSON.stringify(job);
    if (text !== last) raw.write(`event: ${job.state}\ndata: ${text}\n\n`);
    last = text;
    return isOver(job);
  };

  let over = write(first);
  let wake: () => void = () => undefined;
  let changed = true;
  const notify = (): void => {
    changed = true;
    wake();
  };
  const unwatch = watch(notify);
  const end = (): void => {
    over = true;
    wake();
  };
  raw.once('close', end);
  while (!over) {
    if (!changed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    changed = false;
    // A failed read is repeated by the next poll.
    const job = over ? undefined : await read().catch(() => undefined);
    if (job && write(job)) over = true;
  }
  unwatch();
  raw.end();
}
