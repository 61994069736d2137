import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TABLE_FORMATS } from '@assay/tables';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { Progress } from '../output/progress';
import type { ResearchApi } from './research-api';

const FAILED = 1;
const STDOUT = '-';
const MEGABYTE = 1e6;

/** Flags of a download that the service answers in one of these formats, the first where nothing tells. */
export const downloadFlags = (formats: readonly string[]): readonly FlagSpec[] => [
  {
    name: 'to',
    kind: 'text',
    value: 'FILE',
    required: true,
    help: `file to write, ${formats.map((format) => `.${format}`).join(' or ')}; - for the standard output`,
  },
  { name: 'format', kind: 'choice', choices: formats, help: `default: by the ending of FILE, ${formats[0]!} for -` },
  { name: 'force', kind: 'switch', help: 'write over a file that is there' },
];

export const DOWNLOAD_FLAGS = downloadFlags(TABLE_FORMATS);

/** @throws UsageError where the name does not tell */
function formatOf(args: Args, formats: readonly string[]): string {
  const [to, format] = [args.text('to'), args.optional('format')];
  if (format !== undefined) return format;
  if (to === STDOUT) return formats[0]!;
  const ending = formats.find((known) => extname(to).toLowerCase() === `.${known}`);
  if (ending) return ending;
  const endings = formats.map((known) => `.${known}`).join(' or ');
  throw new UsageError(`--to must end in ${endings} where --format does not say what it is, was ${to}`);
}

/**
 * Writes what the service answers to `path` into the file of `--to`, under another name until it is whole. Answers 1 where the
 * connection broke. @throws UsageError for what the service refused, and for a file that is there
 */
export async function download(
  api: ResearchApi,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  args: Args,
  io: Io,
  formats: readonly string[] = TABLE_FORMATS,
): Promise<number> {
  const [to, format] = [args.text('to'), formatOf(args, formats)];
  if (to !== STDOUT && existsSync(to) && !args.on('force'))
    throw new UsageError(`--to must be a new file, ${to} is there: give --force to write over it`);
  if (to !== STDOUT && !existsSync(dirname(to)))
    throw new UsageError(`--to must be a file that can be written, was ${to} (there is no such folder)`);
  if (to === STDOUT && args.on('json')) throw new UsageError('--json must not be given with --to -');
  // where there is no choice, none is stated
  const fields = new URLSearchParams(formats.length > 1 ? { format } : {});
  for (const [name, value] of Object.entries(query)) if (value !== undefined) fields.set(name, value);
  const body = await api.download(`${path}?${fields}`);
  const part = `${to}.part`;
  const progress = new Progress(io, to === STDOUT ? 'export' : to);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of Readable.fromWeb(body) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      progress.amount(`${(bytes / MEGABYTE).toFixed(1)} MB`);
      yield chunk;
    }
  }
  try {
    if (to === STDOUT) for await (const chunk of counted()) await io.outBytes(chunk);
    else {
      await pipeline(counted, createWriteStream(part));
      renameSync(part, to);
    }
  } catch (error) {
    if (to !== STDOUT) rmSync(part, { force: true });
    const why = (error as Error & { cause?: Error }).cause?.message ?? (error as Error).message;
    io.err(
      `the export broke after ${bytes} bytes (${why}): ${to === STDOUT ? 'it is not whole' : 'nothing was written'}\n`,
    );
    return FAILED;
  } finally {
    progress.done();
  }
  if (args.on('json')) io.out(toJson({ to, format, bytes }));
  else if (to !== STDOUT) io.err(`${to}: ${bytes} bytes of ${format}\n`);
  return 0;
}
