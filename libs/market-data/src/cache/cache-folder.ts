import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT = '.arrow';
const UNFINISHED = '.tmp';
/** Nobody writes a file for so long: who began it is gone. */
const LEFT_AFTER_MS = 10 * 60_000;

interface Entry extends Pick<Stats, 'size' | 'atimeMs' | 'mtimeMs'> {
  path: string;
}

/** Files of a bounded folder that several processes share; those read longest ago make room. */
export class CacheFolder {
  constructor(
    private readonly directory: string,
    private readonly mostBytes: number,
  ) {}

  pathOf(name: string): string {
    return join(this.directory, name + KEPT);
  }

  /** Writes beside the place, flushes, then renames: readers see all bytes or none, and the last of two writers counts. */
  async put(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytes > this.mostBytes) return;
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await this.tidy(bytes, name);
    const unfinished = join(this.directory, `${name}.${randomUUID()}${UNFINISHED}`);
    try {
      const file = await open(unfinished, 'wx', 0o600);
      try {
        for (const piece of pieces) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, this.pathOf(name));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  /** Removes what killed writers left, and of the rest as much as `more` bytes want, under `replaced` perhaps. */
  async tidy(more = 0, replaced?: string): Promise<void> {
    const kept: Entry[] = [];
    for (const entry of await this.entries()) {
      const isLeft = entry.path.endsWith(UNFINISHED) && entry.mtimeMs < Date.now() - LEFT_AFTER_MS;
      if (isLeft) await rm(entry.path, { force: true });
      else if (replaced === undefined || entry.path !== this.pathOf(replaced)) kept.push(entry);
    }
    let bytes = kept.reduce((sum, { size }) => sum + size, more);
    kept.sort((a, b) => a.atimeMs - b.atimeMs);
    for (const { path, size } of kept.filter((entry) => entry.path.endsWith(KEPT))) {
      if (bytes <= this.mostBytes) return;
      await rm(path, { force: true });
      bytes -= size;
    }
  }

  private async entries(): Promise<Entry[]> {
    const names = await readdir(this.directory).catch(absent<string[]>([]));
    const paths = names.filter((n) => n.endsWith(KEPT) || n.endsWith(UNFINISHED)).map((n) => join(this.directory, n));
    const entries = await Promise.all(
      // another process may have removed it meanwhile
      paths.map((path) => stat(path).then((stats): Entry[] => [{ path, ...sizeAndTimes(stats) }], absent<Entry[]>([]))),
    );
    return entries.flat();
  }
}

const sizeAndTimes = ({ size, atimeMs, mtimeMs }: Stats): Omit<Entry, 'path'> => ({ size, atimeMs, mtimeMs });

/** What stands for that which does not exist; other errors are thrown. */
export const absent =
  <T>(instead: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  };
