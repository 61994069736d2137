import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { readJsonText, type JsonText } from '@assay/contracts';
import { DomainError, invalidField } from '@assay/primitives';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { STORABLE } from '../dto/checks';
import { atRequestEnd } from './passage';
import { isSpooled, rulesOf } from './route-rules';
import { limited, wholeBody } from './spool/body-chunks';
import { spoolTo } from './spool/spool-file';
import { spoolForm } from './spool/spool-form';
import { SpooledBody } from './spool/spooled-body';

/** A file as the body, whatever it holds. */
const FILE_TYPES = ['text/csv', 'application/octet-stream'];
const FORM_TYPE = 'multipart/form-data';

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
  const { dataDir, maxUploadBytes } = app.get<AppConfig>(CONFIG);
  const spools = join(dataDir, 'incoming');
  const file =
    (type: 'file' | 'form') =>
    async (request: FastifyRequest, payload: IncomingMessage): Promise<RawBody | SpooledBody> => {
      if (!rulesOf(request).file) throw wrongType(request);
      const contentType = request.headers['content-type']!;
      if (!isSpooled(request)) return new RawBody(type, await wholeBody(request, payload), contentType);
      const chunks = limited(request, payload, maxUploadBytes);
      const body =
        type === 'form' ? await spoolForm(spools, chunks, contentType) : new SpooledBody(await spoolTo(spools, chunks));
      atRequestEnd(request, () => void rm(body.file.path, { force: true }));
      return body;
    };
  app.useBodyParser('application/json', {}, json as never);
  const fastify = app.getHttpAdapter().getInstance();
  for (const type of FILE_TYPES) fastify.addContentTypeParser(type, file('file'));
  fastify.addContentTypeParser(FORM_TYPE, file('form'));
  // the server would read it as a text, which no route takes
  const refused = reading((request) => {
    throw wrongType(request);
  });
  app.useBodyParser('text/plain', {}, refused as never);
}
