import { Readable } from 'node:stream';
import { isStorableText } from '@assay/contracts';
import { runInOperation } from '@assay/persistence';
import type { Operation } from '@assay/persistence';
import { DomainError } from '@assay/primitives';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { unstorableText } from './body-parsers';
import { Capacity } from './capacity';
import { answerClientError, REQUEST_TIMEOUT } from './client-errors';
import { KnownRoutes } from './known-routes';
import { atEnd, leaveWork, passages, type Passage } from './passage';
import { BODY_LIMIT_BYTES, isSpooled, rulesOf } from './route-rules';
import { SECURITY_HEADERS } from './security-headers';
import { endStalled } from './stalled-readers';

/** A whole request that is no file must have arrived by then. */
const BODY_MS = 120_000;

/**
 * What every request passes, in this order: an id and an operation of its own, the headers of its answer, the route, the capacity of the
 * process, the caller; only then its body, its texts, and a place at work. Nothing that costs comes before what can refuse it.
 */
export function useEdge(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const config = app.get<AppConfig>(CONFIG);
  const access = app.get(Access, { strict: false });
  const capacity = new Capacity({
    open: config.maxOpenRequests,
    active: config.maxActiveRequests,
    waitMs: config.requestWaitMs,
  });
  const routes = new KnownRoutes();
  let closing = false;

  fastify.addHook('onRoute', (route) => {
    routes.add(route);
    route.bodyLimit = (route.config as { bodyLimit?: number } | undefined)?.bodyLimit ?? BODY_LIMIT_BYTES;
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    const passage = begin(request, reply);
    void reply.headers({ 'x-request-id': request.id, ...SECURITY_HEADERS });
    runInOperation(passage.operation, done);
  });
  fastify.addHook('onRequest', async (request) => {
    if (request.is404) throw unknownRoute(request, routes);
    if (closing) throw new DomainError('unavailable', 'the service is stopping: try again', { retry_after_s: 5 });
    const passage = passages.get(request)!;
    const { always = false } = rulesOf(request);
    if (!always) atEnd(passage, capacity.enter());
    const principal = await access.admit(request);
    if (!principal) return;
    passage.operation.actor = principal.userId;
    if (!always) atEnd(passage, capacity.enterAs(principal.userId));
    if (isSpooled(request)) atEnd(passage, capacity.enterSpooled());
    else {
      if (mayBeLong(request)) atEnd(passage, capacity.enterLong());
      atEnd(passage, endLate(request, passage));
    }
  });

  // Reading the body ends in a callback of the socket, outside the operation.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const passage = passages.get(request);
    passage?.arrived?.();
    if (passage) runInOperation(passage.operation, done);
    else done();
  });
  fastify.addHook('preValidation', async (request) => {
    const passage = passages.get(request);
    if (!passage || rulesOf(request).always) return;
    refuseUnstorable(request);
    passage.leaveWork = await capacity.slot(passage.gone.signal);
    atEnd(passage, passage.leaveWork);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    leaveWork(request);
    if (payload instanceof Readable) endStalled(reply.raw);
    done(null, payload);
  });
}

/** Ends the connection of a request that has not arrived in time. Node knows one time for all, which is that of files on their way to disk. */
function endLate(request: FastifyRequest, passage: Passage): () => void {
  const timer = setTimeout(() => answerClientError(arrivedLate(), request.raw.socket), BODY_MS);
  timer.unref();
  passage.arrived = () => clearTimeout(timer);
  return passage.arrived;
}

const arrivedLate = (): Error => Object.assign(new Error('the request came too slowly'), { code: REQUEST_TIMEOUT });

/** A body longer than most routes take; one of unknown length may be. */
const mayBeLong = (request: FastifyRequest): boolean => {
  const { bodyLimit = 0 } = rulesOf(request);
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return bodyLimit > BODY_LIMIT_BYTES && (encoding !== undefined || Number(length ?? 0) > BODY_LIMIT_BYTES);
};

function begin(request: FastifyRequest, reply: FastifyReply): Passage {
  const gone = new AbortController();
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const operation: Operation = { correlationId: request.id, actor: null, ...(reads ? { signal: gone.signal } : {}) };
  const passage: Passage = { operation, gone, ends: [] };
  passages.set(request, passage);
  const over = (): void => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client has gone'));
    const ends = passage.ends ?? [];
    passage.ends = undefined;
    for (const end of ends) end();
  };
  reply.raw.once('close', over);
  reply.raw.once('finish', over);
  return passage;
}

function unknownRoute(request: FastifyRequest, routes: KnownRoutes): DomainError {
  const path = request.raw.url?.split('?')[0] ?? '/';
  const allowed = routes.methodsOf(path);
  if (allowed.length === 0) return new DomainError('not_found', `${request.method} of this path does not exist`);
  const list = allowed.join(', ');
  return new DomainError('method_not_allowed', `method must be one of ${list} here, was ${request.method}`, {
    allow: list,
  });
}

/** The body's texts are judged where it is read. */
function refuseUnstorable({ params, query }: FastifyRequest): void {
  for (const given of [params, query] as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(given ?? {})) {
      const texts = [name, ...[value].flat()];
      if (texts.some((text) => typeof text === 'string' && !isStorableText(text)))
        throw unstorableText(isStorableText(name) ? name : 'a name in the query');
    }
  }
}
