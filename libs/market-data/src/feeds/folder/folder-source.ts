import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { FeedOf, MarketCode } from '@assay/contracts';
import type { BarColumns, MarketDataSource, SourceQuery } from '@assay/domain';
import { hashOf, invalid, isDomainError, refuse } from '@assay/primitives';
import { barsBetween } from '../bars-between';
import { mergeBars } from '../join-bars';
import { readClosed } from '../read-closed';

export interface FolderSourceOptions {
  feed: FeedOf<'folder'>;
  /** The folder that all feeds of this kind lie in. */
  root: string;
  market: MarketCode;
  nowMs: () => number;
}

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 1000;
const ONE_STEP = /^[^/\\\0]+$/;

/** @throws DomainError `validation_failed` for a path that leads out of the folder of feeds, or could */
export function requireInnerPath(path: string, field = 'feed.path'): void {
  const steps = path.split('/');
  if (!path.startsWith('/') && steps.every((step) => ONE_STEP.test(step) && step !== '..' && step !== '.')) return;
  const message = `${field} must be a path below the folder of feeds, without .. and \\, was ${path}`;
  throw invalid([{ field, rule: 'inner_path', value: path, message }]);
}

/** A feed's path for one series. @throws DomainError `validation_failed` for a symbol in it that leads out of the folder of feeds */
export function folderPath(
  path: string,
  values: Readonly<Record<'symbol' | 'timeframe', string>>,
  field = 'feed_symbol',
): string {
  if (path.includes('{symbol}')) requireInnerPath(values.symbol, field);
  const filled = path.replace(/\{(symbol|timeframe)\}/g, (_, name: 'symbol' | 'timeframe') => values[name]);
  requireInnerPath(filled);
  return filled;
}

/** Bars of the CSV files of a folder, or of one file; where two files have the same bar, that of the later name counts. */
export class FolderSource implements MarketDataSource {
  constructor(private readonly options: FolderSourceOptions) {}

  async *getBars({ symbol, timeframe, fromMs, toMs, signal }: SourceQuery): AsyncGenerator<BarColumns> {
    const { feed, market, nowMs } = this.options;
    const pieces: BarColumns[] = [];
    for (const { path, shown } of await this.files(symbol, timeframe)) {
      signal?.throwIfAborted();
      const bytes = await bytesOf(path, shown);
      const read = { symbol, source: 'folder', timeframe, market, zone: feed.zone, name: shown, nowMs: nowMs() };
      const bars = await naming(shown, () => readClosed(bytes, read));
      if (bars !== null) pieces.push(bars);
    }
    if (pieces.length > 0) yield barsBetween(mergeBars(pieces), fromMs, toMs);
  }

  async revision({ symbol, timeframe }: Pick<SourceQuery, 'symbol' | 'timeframe'>): Promise<string> {
    const files = await this.files(symbol, timeframe);
    return hashOf(files.map(({ shown, size, changedMs }) => [shown, size, changedMs]));
  }

  /** Files below the path in the order of their names, or the one that it is itself. */
  private async files(symbol: string, timeframe: string): Promise<SourceFile[]> {
    const path = folderPath(this.options.feed.path, { symbol, timeframe });
    const at = await this.inner(path);
    if ((await stat(at)).isFile()) return [await described(at, path)];
    const entries = await readdir(at, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.name.startsWith('.') && !entry.isDirectory())
      .map(({ name }) => name);
    if (names.length > MOST_FILES) {
      throw refuse('unavailable', `folder ${path} must have at most ${MOST_FILES} files, had ${names.length}`);
    }
    const files: SourceFile[] = [];
    for (const name of names.sort())
      files.push(await described(await this.inner(`${path}/${name}`), `${path}/${name}`));
    return files;
  }

  /** Where a path below the folder of feeds leads, links followed, which must be inside too. */
  private async inner(path: string): Promise<string> {
    const root = await realpath(this.options.root).catch(() => resolve(this.options.root));
    const real = await realpath(join(root, path)).catch((error: NodeJS.ErrnoException) => {
      throw refuse('unavailable', `${path} cannot be read in the folder of feeds: ${error.code}`);
    });
    if (real.startsWith(root + sep)) return real;
    throw refuse('unavailable', `${path} leads out of the folder of feeds`);
  }
}

interface SourceFile {
  path: string;
  /** Its name below the folder of feeds. */
  shown: string;
  size: number;
  changedMs: number;
}

async function described(path: string, shown: string): Promise<SourceFile> {
  const { size, mtimeMs } = await stat(path);
  return { path, shown, size, changedMs: mtimeMs };
}

async function bytesOf(path: string, shown: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw refuse('unavailable', `${shown} must be a file`);
    if (stats.size > MOST_BYTES)
      throw refuse('unavailable', `${shown} must be at most ${MOST_BYTES} bytes, was ${stats.size}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function naming<T>(shown: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw isDomainError(error) ? refuse('unavailable', `${shown}: ${error.message}`) : error;
  }
}
