import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FuzzRequest } from './requests';

export interface FuzzAnswer {
  /** 0: no answer came. */
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  ms: number;
  failure?: string;
}

const GIVE_UP_MS = 15_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends it as it is; of a stream of events only the head is read. */
export function send(origin: string, { method, target, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (answer: Omit<FuzzAnswer, 'ms'>): void => {
      clearTimeout(timer);
      resolve({ ...answer, ms: performance.now() - started });
    };
    const failed = (failure: string): void => end({ status: 0, headers: {}, body: '', failure });
    const url = new URL(origin);
    const sent = httpRequest(
      { agent, host: url.hostname, port: url.port, method, path: target, headers: { ...headers, ...lengthOf(body) } },
      (answer) => {
        const { statusCode: status = 0, headers: got } = answer;
        if (String(got['content-type']).startsWith('text/event-stream')) {
          answer.destroy();
          end({ status, headers: got, body: '' });
          return;
        }
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => end({ status, headers: got, body: Buffer.concat(parts).toString('utf8') }));
        answer.on('error', (error) => failed(error.message));
      },
    );
    const timer = setTimeout(() => {
      failed(`no answer within ${GIVE_UP_MS} ms`);
      sent.destroy();
    }, GIVE_UP_MS);
    sent.on('error', (error) => failed(error.message));
    sent.end(body);
  });
}

const lengthOf = (body: string | undefined): Record<string, string> =>
  body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
