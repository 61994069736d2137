import { readJsonText, type JsonText } from '@assay/contracts';
import { DomainError, invalidField } from '@assay/primitives';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { STORABLE } from '../dto/checks';
import { rulesOf } from './route-rules';

/** Of routes that name none: any document of ours. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** A body that its route reads on another thread. */
export class RawBody {
  constructor(
    readonly type: 'json' | 'csv',
    readonly bytes: Buffer,
  ) {}
}

/** @throws DomainError 400, or 422 with the place of a text that cannot be stored */
export function jsonBodyOf(read: JsonText): unknown {
  if (read.kind === 'value') return read.value;
  if (read.kind === 'malformed') throw new DomainError('malformed_json', `the body must be JSON: ${read.detail}`);
  const { kind, field } = read;
  if (kind === 'forbidden_key') {
    throw invalidField(field, 'unknown_field', null, `${field} is not a known field`);
  }
  if (kind === 'infinite') {
    throw invalidField(field, 'number', null, `${field || 'the body'} must be a number that a double holds`);
  }
  throw unstorableText(field);
}

export const unstorableText = (field: string): DomainError =>
  invalidField(field, 'storable_text', null, `${field || 'the body'} ${STORABLE}`);

/** @throws DomainError 422 */
export function readTextBody(bytes: Buffer): string {
  if (bytes.includes(0)) throw unstorableText('');
  return bytes.toString('utf8');
}

type Done = (error: Error | null, body?: unknown) => void;

/** JSON everywhere, CSV where a route takes it. Everything else is 415. */
export function useBodyParsers(app: NestFastifyApplication): void {
  const reading =
    (read: (request: FastifyRequest, bytes: Buffer) => unknown) =>
    (request: FastifyRequest, bytes: Buffer, done: Done): void => {
      let body: unknown;
      try {
        body = read(request, bytes);
      } catch (error) {
        return done(error as Error);
      }
      done(null, body);
    };
  const json = reading((request, bytes) => {
    if (bytes.length === 0) return {};
    const { rawFrom = Infinity } = rulesOf(request);
    return bytes.length >= rawFrom ? new RawBody('json', bytes) : jsonBodyOf(readJsonText(bytes));
  });
  const csv = reading((request, bytes) => {
    if (rulesOf(request).csv) return new RawBody('csv', bytes);
    throw new DomainError('unsupported_media_type', 'content-type must be application/json here, was text/csv');
  });
  app.useBodyParser('application/json', {}, json as never);
  app.useBodyParser('text/csv', {}, csv as never);
}
