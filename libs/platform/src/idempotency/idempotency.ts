import { currentOperation } from '@assay/persistence';
import { canonicalJson, DomainError, invalidField } from '@assay/primitives';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { AuthenticatedRequest } from '../auth/principal';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { RawBody } from '../http/body-parsers';
import { SpooledBody } from '../http/spool/spooled-body';
import type { Reservation } from './reservations';
import { inProgress, Reservations } from './reservations';
import type { StoredAnswer } from './sealed-answer';
import { AnswerSeal } from './sealed-answer';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
const NAME = IDEMPOTENCY_HEADER.toLowerCase();
const ACCEPTED = /^[\x21-\x7e]{1,255}$/;
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'cache-control'];
/** From here on an answer says nothing about the request. */
const FAILURE = 500;

const reservations = new WeakMap<object, Reservation>();

/**
 * Every POST of a known caller may carry an `Idempotency-Key`: the first one is carried out, and for a day every other of the same caller,
 * route, key and content gets its answer. Runs behind the edge: the caller is known, the body is read.
 */
export function useIdempotency(app: NestFastifyApplication): void {
  const logger = new Logger('Idempotency');
  const fastify = app.getHttpAdapter().getInstance();
  const seal = new AnswerSeal(app.get<AppConfig>(CONFIG).secret);
  const store = new Reservations(app.get(DataSource), seal);

  fastify.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    const { principal } = request as AuthenticatedRequest;
    if (key === undefined || !principal) return;
    // By credential, not by user: an answer may say what a lesser key of the same user must not learn.
    const callerId = principal.keyId ?? principal.userId;
    const route = `${request.method} ${request.routeOptions.url}`;
    const known = await store.take({ callerId, route, key }, seal.mac(request.url, ...contentOf(request)));
    if (known.kind === 'answered') return replay(reply, known.answer);
    if (known.kind === 'other_request') throw reused(key);
    if (known.kind === 'in_progress') throw inProgress(key);
    if (known.kind === 'answer_lost') throw lost(key);
    const { reservation } = known;
    reservations.set(request, reservation);
    const operation = currentOperation();
    if (operation) operation.beforeCommit = (em) => store.markEffect(em, reservation);
  });

  fastify.addHook('onSend', async (request, reply, payload) => {
    const reservation = reservations.get(request);
    if (!reservation) return payload;
    reservations.delete(request);
    const body = textOf(payload);
    try {
      if (isPassing(reply) || body === undefined) await store.release(reservation);
      else await store.keep(reservation, { status: reply.statusCode, headers: headersOf(reply), body });
    } catch (error) {
      logger.warn(`the answer under key ${reservation.key} of ${reservation.route} was not stored: ${String(error)}`);
    }
    return payload;
  });
}

/** @throws DomainError 422 */
function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers[NAME];
  if (request.method !== 'POST' || key === undefined) return undefined;
  if (typeof key === 'string' && ACCEPTED.test(key)) return key;
  throw invalidField(
    IDEMPOTENCY_HEADER,
    'idempotency_key',
    key,
    `${IDEMPOTENCY_HEADER} must be 1 to 255 visible ASCII characters, was ${String(key).length} characters: send a UUID`,
  );
}

/** The same content gives the same bytes, in whichever order a JSON body has its members. */
function contentOf({ body, headers }: FastifyRequest): (string | Uint8Array)[] {
  const type = String(headers['content-type'] ?? '').split(';')[0]!;
  if (body instanceof RawBody) return [type, body.bytes];
  if (body instanceof SpooledBody) return [type, body.file.sha256, canonicalJson(body.form)];
  return [type, typeof body === 'string' ? body : canonicalJson(body ?? null)];
}

function replay(reply: FastifyReply, { status, headers, body }: StoredAnswer): FastifyReply {
  return reply
    .status(status)
    .headers({ ...headers, 'idempotency-replayed': 'true' })
    .send(body);
}

/** A caller who is told to come again later would be told so for a day. */
const isPassing = (reply: FastifyReply): boolean => reply.statusCode >= FAILURE || reply.hasHeader('retry-after');

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );

/** Undefined for a stream, which cannot be told twice. */
function textOf(payload: unknown): string | undefined {
  if (payload === undefined || payload === null) return '';
  if (typeof payload === 'string') return payload;
  return Buffer.isBuffer(payload) ? payload.toString('utf8') : undefined;
}

const reused = (key: string): DomainError =>
  new DomainError(
    'idempotency_key_reused',
    `${IDEMPOTENCY_HEADER} ${key} must be used for one request only, it was used for another here: send a new key`,
    { idempotency_key: key },
  );

const lost = (key: string): DomainError =>
  new DomainError(
    'answer_lost',
    `the request with ${IDEMPOTENCY_HEADER} ${key} was carried out, at least in part, and its answer is lost: ` +
      'read what it changed, and send what is still to do under a new key',
    { idempotency_key: key },
  );
