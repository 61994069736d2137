import { hashOf } from '@assay/primitives';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { map } from 'rxjs';

const DIGEST_LENGTH = 16;

/**
 * `"<version>-<digest>"`. The version is the row version that `If-Match` states; the digest is of the whole answer, because what a document
 * is shown with (its status, evidence, results) changes without a new version. It is of the canonical form, because the order in which a
 * database gives the keys of a document says nothing.
 */
export function entityTag(answer: object, version: number): string {
  const digest = hashOf(JSON.parse(JSON.stringify(answer))).slice(0, DIGEST_LENGTH);
  return `"${version}-${digest}"`;
}

/** Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110 section 13.1.2. */
export function isNamedBy(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.includes('*') || named.includes(tag);
}

class EntityTagInterceptor implements NestInterceptor {
  constructor(private readonly versionField: string) {}

  intercept(context: ExecutionContext, next: CallHandler<Record<string, unknown>>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        const tag = entityTag(answer, answer[this.versionField] as number);
        void reply.header('etag', tag).header('cache-control', 'private, no-cache');
        if (!isNamedBy(tag, request.headers['if-none-match'])) return answer;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

/**
 * For the `GET` of one versioned document: answers with its `ETag`, and with 304 and no body where `If-None-Match` names it.
 * `versionField` is where the answer has the row version.
 */
export const EntityTag = (versionField = 'version'): MethodDecorator =>
  applyDecorators(
    UseInterceptors(new EntityTagInterceptor(versionField)),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of the answer that is held already' }),
    ApiResponse({ status: 304, description: 'The answer is the one that If-None-Match names' }),
  );
