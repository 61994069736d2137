import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SECURITY_HEADERS } from './security-headers';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const SENT =
  'authorization, x-api-key, content-type, if-match, if-none-match, idempotency-key, last-event-id, x-request-id';
const SHOWN = 'etag, location, retry-after, content-disposition, idempotency-replayed, x-request-id';
const REMEMBERED_S = 600;

/**
 * Lets pages of the named origins read answers. Without origins nothing is added, and browsers keep other sites' pages out. Such a page
 * sends a key or token of its own: cookies are never let through this way.
 */
export function useCors(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    void reply.header('vary', 'Origin');
    if (origin === undefined || !origins.includes(origin)) return done();
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': SHOWN });
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return done();
    void reply
      .headers({
        ...SECURITY_HEADERS,
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': SENT,
        'access-control-max-age': String(REMEMBERED_S),
      })
      .status(204)
      .send();
  });
}
