import { toProblem } from '@assay/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Any thrown value as problem+json; what nobody expected is in the log under the request's id. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const instance = request.url.split('?')[0];
  const { problem, unexpected } = toProblem(error, { instance, correlationId: request.id });
  if (unexpected) request.log.error({ err: error, instance }, problem.title);
  if (problem.retry_after_s !== undefined) void reply.header('retry-after', String(problem.retry_after_s));
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}
