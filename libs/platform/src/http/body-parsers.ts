import { readJsonText, type JsonText } from '@assay/contracts';
import { DomainError, invalidField } from '@assay/primitives';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { STORABLE } from '../dto/checks';
import { rulesOf } from './route-rules';

/** A file as the body, whatever it holds. */
const FILE_TYPES = ['text/csv', 'application/octet-stream'];
const FORM_TYPE = 'multipart/form-data';

/** Of routes that name none: any document of ours. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** A body that its route reads on another thread. */
export class RawBody {
  constructor(
    readonly type: 'json' | 'file' | 'form',
    readonly bytes: Buffer,
    /** Of a form: with the boundary of its parts. */
    readonly contentType = '',
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

function wrongType(request: FastifyRequest): DomainError {
  const [was] = (request.headers['content-type'] ?? '').split(';');
  const taken = rulesOf(request).file
    ? `application/json, ${FORM_TYPE} or, for a file, ${FILE_TYPES.join(' or ')}`
    : 'application/json';
  return new DomainError('unsupported_media_type', `content-type must be ${taken} here, was ${was}`);
}

type Done = (error: Error | null, body?: unknown) => void;

/** JSON everywhere, a file alone or in a form where a route takes one. Everything else is 415. */
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
  const file = (type: 'file' | 'form') =>
    reading((request, bytes) => {
      if (!rulesOf(request).file) throw wrongType(request);
      return new RawBody(type, bytes, request.headers['content-type']);
    });
  app.useBodyParser('application/json', {}, json as never);
  for (const type of FILE_TYPES) app.useBodyParser(type, {}, file('file') as never);
  app.useBodyParser(FORM_TYPE, {}, file('form') as never);
  // the server would read it as a text, which no route takes
  const refused = reading((request) => {
    throw wrongType(request);
  });
  app.useBodyParser('text/plain', {}, refused as never);
}
