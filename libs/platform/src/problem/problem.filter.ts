import { STATUS_CODES } from 'node:http';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Logger } from '@nestjs/common';
import { currentOperation } from '@assay/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from './to-problem';

/** When to come back, where the problem itself does not say. */
const RETRY_AFTER_S: Record<number, number> = { 429: 60, 503: 5 };

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('ProblemFilter');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also Fastify's own error handler, for what fails before a controller is reached. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const correlationId = currentOperation()?.correlationId ?? String(request.id);
    const instance = request.originalUrl?.split('?')[0];
    const { problem, unexpected } = toProblem(error, { instance, correlationId });
    const isGone = reply.raw?.destroyed ?? false;
    if (unexpected && !isGone)
      this.logger.error({ err: error, correlation_id: correlationId, instance }, STATUS_CODES[problem.status]);
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfterS = problem.retry_after_s ?? RETRY_AFTER_S[problem.status];
    if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS));
    if (typeof problem.allow === 'string') void reply.header('allow', problem.allow);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
