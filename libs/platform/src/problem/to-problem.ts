import type { Problem } from '@assay/contracts';
import { isDomainError, type ProblemCode } from '@assay/primitives';
import { HttpException } from '@nestjs/common';
import { isOutage } from './outage';
import { STATUS_OF, titleOf } from './status-table';

const CODE_OF_STATUS: Record<number, ProblemCode> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  422: 'validation_failed',
  429: 'rate_limited',
  431: 'headers_too_large',
  503: 'unavailable',
};

/** Codes of Fastify's own refusals, which come before any controller. */
const CODE_OF_FASTIFY: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
};

/** Of more wrong fields the first are listed; the detail says how many there are. */
const MOST_ERRORS = 100;

export interface ProblemOrigin {
  instance?: string;
  correlationId?: string;
}

interface CodedError {
  message?: unknown;
  code?: unknown;
  driverError?: { code?: unknown };
}

const codeOf = (error: CodedError): string => String(error.driverError?.code ?? error.code ?? '');

/** Limits of the pool, of a statement, of a wait for a lock and of a transaction; and deadlocks that outlasted every repetition. */
const BOUND = /^(POOL_EXHAUSTED|57014|55P03|25P0[34]|40001|40P01)$/;
const UNIQUE_VIOLATION = '23505';
/** Seconds after which an outage or a queue may have passed. */
const RETRY_AFTER_S = 2;

/**
 * The one conversion of any thrown value to RFC 9457. `unexpected` is true where the cause belongs in the log, because nothing of it is
 * in the answer.
 */
export function toProblem(error: unknown, origin: ProblemOrigin = {}): { problem: Problem; unexpected: boolean } {
  const make = (code: ProblemCode, detail: string, extra: Record<string, unknown> = {}, unexpected = false) => ({
    problem: {
      ...extra,
      type: `urn:assay:problem:${code}`,
      title: titleOf(code),
      status: STATUS_OF[code],
      detail,
      code,
      ...(origin.instance === undefined ? {} : { instance: origin.instance }),
      ...(origin.correlationId === undefined ? {} : { correlation_id: origin.correlationId }),
    },
    unexpected,
  });

  if (isDomainError(error) && error.code in STATUS_OF) {
    return make(error.code, error.message, {
      ...error.facts,
      ...(error.errors ? { errors: error.errors.slice(0, MOST_ERRORS) } : {}),
    });
  }
  const fastifyCode = CODE_OF_FASTIFY[String((error as { code?: unknown })?.code)];
  if (fastifyCode) return make(fastifyCode, (error as Error).message);
  if (error instanceof HttpException) {
    const code = CODE_OF_STATUS[error.getStatus()];
    if (code) return make(code, error.message);
  }
  if (error instanceof SyntaxError && (error as { statusCode?: number }).statusCode === 400) {
    return make('malformed_json', error.message);
  }
  if (isOutage(error)) {
    const detail = BOUND.test(codeOf(error as CodedError))
      ? `the service is too busy at the moment: try again in ${RETRY_AFTER_S} s`
      : 'a service this request needs is not reachable at the moment';
    return make('unavailable', detail, { retry_after_s: RETRY_AFTER_S }, true);
  }
  if (typeof error === 'object' && error !== null && codeOf(error as CodedError) === UNIQUE_VIOLATION) {
    const detail = 'another request wrote the same thing at the same time: read it again before repeating this one';
    return make('conflict', detail, {}, true);
  }
  return make('internal_error', 'an unexpected error happened; the log has it under this correlation id', {}, true);
}
