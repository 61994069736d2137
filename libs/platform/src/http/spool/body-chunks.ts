import type { IncomingMessage } from 'node:http';
import { DomainError } from '@assay/primitives';
import type { FastifyRequest } from 'fastify';
import { BODY_LIMIT_BYTES, rulesOf } from '../route-rules';

/** The bytes of a body as they come, of at most `most`. @throws DomainError `payload_too_large`, before the first byte where the head tells */
export async function* limited(
  request: FastifyRequest,
  payload: IncomingMessage,
  most: number,
): AsyncGenerator<Buffer> {
  const stated = Number(request.headers['content-length'] ?? 0);
  if (stated > most) throw tooLarge(request, most);
  let bytes = 0;
  // a refusal needs the connection for its answer
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(request, most);
    yield chunk;
  }
}

/** A body that may lie in memory. @throws DomainError `payload_too_large` */
export async function wholeBody(request: FastifyRequest, payload: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const { bodyLimit = BODY_LIMIT_BYTES } = rulesOf(request);
  for await (const chunk of limited(request, payload, bodyLimit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function tooLarge(request: FastifyRequest, most: number): DomainError {
  const { spooledBy, bodyLimit } = rulesOf(request);
  const remedy =
    spooledBy !== undefined && most === bodyLimit ? `; with ${spooledBy}=true in the query it may be longer` : '';
  return new DomainError('payload_too_large', `the body must be at most ${most} bytes here, was more${remedy}`, {
    max_bytes: most,
  });
}
