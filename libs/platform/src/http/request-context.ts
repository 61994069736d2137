import { newId, runInOperation } from '@assay/persistence';
import type { Operation } from '@assay/persistence';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** The caller's X-Request-Id if it is harmless, else a new one. */
export const requestId = (request: { headers: Record<string, unknown> }): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED_ID.test(given) ? given : newId();
};

/** Every request runs in an operation of its own and answers with its id. */
export function useRequestContext(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const operations = new WeakMap<object, Operation>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const operation: Operation = { correlationId: request.id, actor: null };
    operations.set(request, operation);
    void reply.header('x-request-id', request.id);
    runInOperation(operation, done);
  });
  // Reading the body ends in a callback of the socket, outside the operation.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const operation = operations.get(request);
    if (operation) runInOperation(operation, done);
    else done();
  });
}
