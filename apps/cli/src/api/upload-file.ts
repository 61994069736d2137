import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { READING_FLAGS } from '../input/reading-flags';
import type { ApiProblem, ResearchApi } from './research-api';

const SUCCESS = 300;

/** Flags that say how a file of another kind than bars is read, as the service knows them. */
export const FILE_FLAGS = READING_FLAGS.filter(({ name }) => !['symbol', 'timeframe', 'market', 'sort'].includes(name));

/** The given ones of the flags as fields of a query. */
export function fieldsOf(args: Args, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (args.has(name) ? [[name.replaceAll('-', '_'), args.text(name)] as const] : [])),
  );
}

/** Sends a file, with the rest in the query. @throws UsageError with what the service refused, line by line */
export async function uploadFile<T>(
  api: ResearchApi,
  path: string,
  file: string,
  fields: Readonly<Record<string, string>>,
): Promise<T> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile())
    throw new UsageError(
      `FILE must be a readable file, was ${file} (${found ? 'it is a directory' : 'there is no such file'})`,
    );
  const query = new URLSearchParams({ name: basename(file), ...fields });
  const content = Readable.toWeb(createReadStream(file)) as ReadableStream;
  const { status, body } = await api.upload(`${path}?${query}`, { content, bytes: found.size });
  if (status < SUCCESS) return body as T;
  const { detail = `status ${status}`, errors = [] } = body as ApiProblem;
  throw new UsageError([`${file} was refused: ${detail}`, ...errors.slice(1).map(({ message }) => message)].join('\n'));
}
