import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { asFlags } from '../input/as-flags';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { counted } from '../output/table';
import type { ApiProblem, Job, ResearchApi } from './research-api';

/** Shorter files are imported while the request waits: sooner than a job begins. */
const AT_ONCE_BYTES = 1024 * 1024;
const CREATED = 201;
const ACCEPTED = 202;

interface Note {
  code: string;
  message: string;
}

/** What an import answers, as far as the tool shows it. */
export interface Imported {
  [field: string]: unknown;
  bars: number;
  inserted: number;
  updated: number;
  unchanged: number;
  first: string;
  last: string;
  recognised: Note[];
  repairs: Note[];
  warnings: Note[];
  quality: { errors: Note[]; warnings: Note[] };
}

/** What became of one file. */
export interface FileOutcome {
  file: string;
  symbol: string;
  state: string;
  result: Imported | null;
  error: ApiProblem | null;
}

/** Sends a file as it is read, and waits for its import. @throws UsageError where the service does not answer */
export async function importFile(
  api: ResearchApi,
  file: string,
  fields: Readonly<Record<string, string>>,
  io: Io,
): Promise<FileOutcome> {
  const { size } = statSync(file);
  const background: Record<string, string> = size > AT_ONCE_BYTES ? { background: 'true' } : {};
  const query = new URLSearchParams({ name: basename(file), ...fields, ...background });
  const sending = new Progress(io, `sending ${file}`);
  const content = Readable.toWeb(createReadStream(file).pipe(counting(size, sending))) as ReadableStream;
  const { status, body } = await api
    .upload(`/data/import?${query}`, { content, bytes: size })
    .finally(() => sending.done());
  const outcome = { file, symbol: fields.symbol, state: 'completed', result: null, error: null };
  if (status === CREATED) return { ...outcome, result: body as Imported };
  if (status !== ACCEPTED) return { ...outcome, state: 'refused', error: body as ApiProblem };
  const importing = new Progress(io, `importing ${file}`);
  const follow = ({ progress = 0 }: Job): void => importing.report(progress);
  const job = await api.ended((body as { job_id: string }).job_id, follow).finally(() => importing.done());
  return { ...outcome, state: job.state, result: job.result as Imported | null, error: job.error };
}

function counting(size: number, progress: Progress): Transform {
  let sent = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      sent += chunk.length;
      progress.report(sent / size);
      next(null, chunk);
    },
  });
}

/** Lines for people: what is stored now, what was recognised and mended, and what to look at. */
export function outcomeText({ file, state, result, error }: FileOutcome): string {
  if (result === null) {
    const why = error?.errors?.map(({ message }) => message) ?? [error?.detail ?? state];
    return why.map((line) => `${file}: ${state}: ${asFlags(line)}\n`).join('');
  }
  const { bars, inserted, updated, unchanged, first, last, recognised, repairs, warnings, quality } = result;
  const noted = (label: string, notes: readonly Note[]): string[] =>
    notes.map(({ message }) => `  ${label.padEnd(10)}  ${message}`);
  return [
    `${file}: ${counted(bars)} bars from ${first} to ${last}: ${counted(inserted)} new, ${counted(updated)} changed, ${counted(unchanged)} as stored`,
    ...noted('recognised', recognised),
    ...noted('repair', repairs),
    ...noted('warning', warnings),
    ...noted('error', quality.errors),
    ...noted('look at', quality.warnings),
    '',
  ].join('\n');
}
