import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate as untilMessages } from 'node:timers/promises';
import { builtEntry, TaskPool } from '@assay/compute';
import type { ParsedBars } from '@assay/market-data/files';
import { parseFile, type FileToParse } from './parse-file';

/** Files given to a thread at a time: so few that none is waited for long at the end. */
const FILES_AT_ONCE = 4;
/** Below, a thread starts no sooner than the files are read. */
const LEAST_BYTES = 128 * 1024 * 1024;

/**
 * The bars of files in their order, on all cores where they are large enough; null where one cannot be read. The calling
 * thread parses too, so what cannot be had from another is not missed.
 */
export async function parseFiles(
  files: readonly FileToParse[],
  threads = bytesOf(files) < LEAST_BYTES ? 1 : availableParallelism(),
): Promise<(ParsedBars | null)[]> {
  const parsed: (ParsedBars | null)[] = files.map(() => null);
  let next = 0;
  const parseHere = async (): Promise<void> => {
    while (next < files.length) {
      const at = next++;
      parsed[at] = await parseFile(files[at]);
      await untilMessages();
    }
  };
  if (threads === 1) {
    await parseHere();
    return parsed;
  }
  const pool = new TaskPool({ entry: builtEntry(__dirname, 'reader-entry.js'), threads: threads - 1 });
  const parseThere = async (): Promise<void> => {
    while (next < files.length) {
      const from = next;
      next += FILES_AT_ONCE;
      // what a thread that is lost had of the files is read again by whoever wants them
      const some = await pool.run<(ParsedBars | null)[]>('parseFiles', files.slice(from, next)).catch(() => null);
      if (some === null) return;
      some.forEach((bars, i) => (parsed[from + i] = bars));
    }
  };
  try {
    await Promise.all([parseHere(), ...Array.from({ length: pool.threads }, parseThere)]);
  } finally {
    // a thread that is still starting ends in its own time
    void pool.close();
  }
  return parsed;
}

function bytesOf(files: readonly FileToParse[]): number {
  return files.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
