import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { DomainError } from '@assay/primitives';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Upstream } from '../web-settings';
import { answerHeaders, requestHeaders } from './proxy-headers';

const RETRY_AFTER_S = 3;
/** Shorter than the services keep an idle connection, so that none is used while it is being closed. */
const IDLE_MS = 20_000;
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 });
/** What a service that is not there, or is just going, looks like. */
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT']);

export interface Forwarded {
  name: Upstream;
  origin: URL;
  headers: OutgoingHttpHeaders;
  /** What of the path is this server's own, and not of the service. */
  prefix?: string;
  /** Judges the head of the answer; an error thrown here is answered in its place. */
  judge?: (answer: IncomingMessage) => void;
}

const away = (name: Upstream, changes: boolean): DomainError =>
  new DomainError(
    'unavailable',
    `the ${name} service does not answer: it is starting, or has stopped and is started again; try again in ${RETRY_AFTER_S} s` +
      (changes ? ', after a look at whether the change was made' : ''),
    { service: name, retry_after_s: RETRY_AFTER_S },
  );

const pathOf = (url: string, prefix = ''): string => (url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : url);
const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/**
 * Sends a request on and its answer back, byte by byte as they come: nothing is gathered, a slow side slows the other, and who goes ends
 * both. Resolves when the answer has begun. @throws DomainError `unavailable`, or what `judge` refuses
 */
export function forward(request: FastifyRequest, reply: FastifyReply, to: Forwarded): Promise<void> {
  const { raw } = request;
  const { origin, name } = to;
  const { method } = request;
  return new Promise((begun, fail) => {
    const upstream = httpRequest({
      agent,
      method,
      host: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port || 80,
      path: pathOf(raw.url ?? '/', to.prefix),
      headers: requestHeaders(raw.headers, to.headers),
    });
    let answer: IncomingMessage | undefined;
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) upstream.destroy();
    });
    // a body that breaks off must not look whole
    raw.once('aborted', () => upstream.destroy());
    upstream.once('response', (came) => {
      answer = came;
      try {
        to.judge?.(came);
      } catch (error) {
        came.resume();
        return fail(error as Error);
      }
      sendBack(came, reply);
      begun();
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      raw.unpipe(upstream);
      // what has not been sent yet is of no use to anybody
      raw.resume();
      if (answer) return;
      fail(AWAY.has(error.code ?? '') ? away(name, !isReading(method)) : error);
    });
    raw.pipe(upstream);
  });
}

function sendBack(answer: IncomingMessage, reply: FastifyReply): void {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(answer.statusCode!, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    ...answerHeaders(answer.headers),
  });
  raw.flushHeaders();
  answer.pipe(raw);
  // an answer that breaks off must not look whole
  answer.once('aborted', () => raw.destroy());
  answer.once('error', () => raw.destroy());
}
