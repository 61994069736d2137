import { AssayValidationPipe } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import type { ReadingFields } from '../data.request';
import type { ReadBody } from '../threads/data-threads';
import type { ReadOptions } from '@assay/market-data';

const pipe = new AssayValidationPipe();

/** The one request behind its three forms: JSON, a file with the rest in the query, a form with a file and fields. */
export interface FileRequest<T> {
  body: T;
  /** Null where the content, if any, is a text of the body, or lies on disk. */
  file: Uint8Array | null;
}

interface Shapes<T extends object> {
  /** Of the whole request. */
  body: new () => T;
  /** Of what may stand in the query or the fields of a form. */
  query: new () => object;
}

/** Fields of the query and of the body may not both be given. @throws DomainError */
export async function fileRequest<T extends object>(
  query: object,
  read: ReadBody,
  shapes: Shapes<T>,
): Promise<FileRequest<T>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length > 0 && read.kind !== 'file') {
    const [field, value] = given[0]!;
    const where = read.kind === 'json' ? 'the body of a JSON request' : 'the fields of a form';
    throw invalidField(field, 'unknown_field', value, `${field} belongs in ${where}, was in the query`);
  }
  if (read.kind === 'json') return { body: await validated(read.value, shapes.body), file: null };
  const fields = read.kind === 'file' ? Object.fromEntries(given) : await formFields(read.fields, shapes.query);
  const named = read.name === undefined || 'name' in fields ? fields : { ...fields, name: read.name };
  return { body: await validated(named, shapes.body), file: read.bytes };
}

export const backgroundOnlyForFiles = (): Error =>
  invalidField(
    'background',
    'not_applicable',
    true,
    'background must be given for a file as the body or in a form only: send it as text/csv or application/octet-stream',
  );

async function formFields(fields: Record<string, string>, metatype: new () => object): Promise<object> {
  const read = (await pipe.transform(fields, { type: 'query', metatype })) as object;
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

const validated = async <T>(value: unknown, metatype: new () => T): Promise<T> =>
  (await pipe.transform(value, { type: 'body', metatype })) as T;

/** Most that a file may unpack to: a request may not fill the process. */
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;

/** What a request says of how its file is read. */
export const readingOf = (body: ReadingFields): ReadOptions => ({
  name: body.name,
  zone: body.zone,
  dateFormat: body.date_format,
  decimal: body.decimal,
  columns: body.columns?.split(','),
  sort: body.sort,
  skipBad: body.skip_bad,
  strict: body.strict,
  mostBytes: MOST_UNPACKED_BYTES,
});

/** Which of the fields that say how a file is read are given. */
export const readingFields = (body: ReadingFields): ReadingFields => {
  const { name, zone, date_format, decimal, columns, sort, skip_bad, strict } = body;
  return { name, zone, date_format, decimal, columns, sort, skip_bad, strict };
};
