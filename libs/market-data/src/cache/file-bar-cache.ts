import { open, type FileHandle } from 'node:fs/promises';
import { OWN_COLUMNS } from '@assay/domain';
import { LRUCache } from 'lru-cache';
import {
  contentOf,
  expectedBars,
  fingerprintInTurns,
  partOf,
  type BarCache,
  type BarRange,
  type Series,
  type StoredColumns,
} from '../store';
import { arrowBars } from './arrow-bars';
import { absent, CacheFolder } from './cache-folder';
import { ColumnPlaces } from './column-places';

export interface BarCacheSettings {
  directory: string;
  /** Of all its files together; 0: nothing is kept. */
  mostBytes: number;
  /** What went wrong with the files, for the log; bars come from their rows then. */
  report: (text: string) => void;
}

/** Rows of less take a hundredth of a second. */
const LEAST_BARS = 4_000;
/** A file is read and hashed as a whole for a twentieth of its bars: about what these cost as rows. */
const WORTH_VERIFYING = 1 / 20;
/** All rows are read where half of them are asked for. */
const WORTH_FILLING = 1 / 2;
const TOUCHED_EVERY_MS = 60_000;

/** The file of one version as this process saw it last. */
interface Known {
  /** Size, inode and time of the content that was hashed. */
  identity: string;
  touchedMs: number;
}

/**
 * Bars in Arrow files `<fingerprint>.arrow`, one a version of a series. What is read has been hashed by this process since
 * the file last changed, so a damaged file is found, removed and made anew from the rows. No error of a file reaches a reader.
 */
export class FileBarCache implements BarCache {
  private readonly folder: CacheFolder;
  private readonly known = new LRUCache<string, Known>({ max: 1000 });
  /** The version of each series that this process read or wrote last. */
  private readonly newest = new LRUCache<string, string>({ max: 1000 });
  private readonly writing = new Set<string>();

  constructor(private readonly settings: BarCacheSettings) {
    this.folder = new CacheFolder(settings.directory, settings.mostBytes);
  }

  /** Removes what killed processes left, and what is too much. */
  async tidy(): Promise<void> {
    if (this.settings.mostBytes > 0) await this.folder.tidy().catch((error) => this.report('be tidied', error));
  }

  keeps({ bars, fingerprint, extraColumns }: Series): boolean {
    const bytes = (OWN_COLUMNS.length + extraColumns.length) * bars * 8;
    const hasPlace = bars >= LEAST_BARS && bytes < this.settings.mostBytes;
    return hasPlace && fingerprint !== null && !extraColumns.some((name) => OWN_COLUMNS.includes(name));
  }

  fills(series: Series, range: BarRange): boolean {
    return this.keeps(series) && expectedBars(series, range) >= series.bars * WORTH_FILLING;
  }

  async read(series: Series, range: BarRange): Promise<StoredColumns | null> {
    if (!this.keeps(series)) return null;
    try {
      const file = await open(this.folder.pathOf(series.fingerprint!), 'r').catch(absent(null));
      if (file === null) return null;
      try {
        return await this.readFrom(file, series, range);
      } finally {
        await file.close();
      }
    } catch (error) {
      this.report(`be read for ${series.symbol} ${series.timeframe}`, error);
      await this.folder.remove(series.fingerprint!).catch((fault) => this.report('be cleared of it', fault));
      return null;
    }
  }

  async write(series: Series, stored: StoredColumns): Promise<boolean> {
    const fingerprint = await fingerprintInTurns(contentOf(series, stored));
    if (fingerprint !== series.fingerprint) {
      this.report(`keep ${series.symbol} ${series.timeframe}`, new Error('its rows have another fingerprint than it'));
      return false;
    }
    if (this.writing.has(fingerprint) || !stored.openTimeMs.every(Number.isInteger)) return true;
    this.writing.add(fingerprint);
    try {
      const extras = inNameOrder(series.extraColumns).map((name) => stored.extra[series.extraColumns.indexOf(name)]);
      const columns = [stored.openTimeMs, ...stored.core, stored.adjFactor, ...extras];
      const notes = new Map([
        ['fingerprint', fingerprint],
        ['timeframe', series.timeframe],
      ]);
      const names = [...OWN_COLUMNS, ...inNameOrder(series.extraColumns)];
      await this.folder.put(fingerprint, await arrowBars(names, columns, notes));
      await this.replace(series);
    } catch (error) {
      this.report(`keep ${series.symbol} ${series.timeframe}`, error);
    } finally {
      this.writing.delete(fingerprint);
    }
    return true;
  }

  private async readFrom(file: FileHandle, series: Series, range: BarRange): Promise<StoredColumns | null> {
    const { size, ino, mtime } = await file.stat();
    // to the millisecond, since no finer time can be set again
    const identity = `${size} ${ino} ${mtime.getTime()}`;
    const known = this.known.get(series.fingerprint!);
    const isVerified = known?.identity === identity;
    const share = expectedBars(series, range) / series.bars;
    if (!isVerified && share < WORTH_VERIFYING) return null;
    const count = OWN_COLUMNS.length + series.extraColumns.length;
    const places = await ColumnPlaces.of(file, size, series.bars, count);
    let columns: StoredColumns;
    if (isVerified && share < WORTH_FILLING) {
      columns = storedOf(series, await readRange(places, count, range));
    } else {
      const all = storedOf(series, await places.read(count, 0, series.bars));
      if ((await fingerprintInTurns(contentOf(series, all))) !== series.fingerprint)
        throw new Error('it does not have the fingerprint that it is named by');
      columns = partOf(all, range);
    }
    const nowMs = Date.now();
    const isTouched = isVerified && known.touchedMs > nowMs - TOUCHED_EVERY_MS;
    if (!isTouched) await file.utimes(new Date(nowMs), mtime).catch(() => undefined);
    this.newest.set(series.id, series.fingerprint!);
    this.known.set(series.fingerprint!, { identity, touchedMs: isTouched ? known.touchedMs : nowMs });
    return columns;
  }

  /** Nobody asks for the earlier version of a series any more, and one that grows every minute would push the others out. */
  private async replace({ id, fingerprint }: Series): Promise<void> {
    const before = this.newest.get(id);
    if (before !== undefined && before !== fingerprint) await this.folder.remove(before);
    this.newest.set(id, fingerprint!);
  }

  private report(what: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.settings.report(`the cache of bars could not ${what}: ${why}; bars are read from the database`);
  }
}

async function readRange(places: ColumnPlaces, count: number, range: BarRange): Promise<Float64Array[]> {
  const [from, end] = await Promise.all([
    range.fromMs === undefined ? 0 : places.firstFrom(range.fromMs),
    range.toMs === undefined ? places.rows : places.firstFrom(range.toMs),
  ]);
  return places.read(count, from, Math.max(from, Math.min(end, from + (range.most ?? Infinity))));
}

/** Two series of one content may have their further columns in different orders; the file has one. */
const inNameOrder = (names: readonly string[]): string[] => [...names].sort();

function storedOf({ extraColumns }: Series, [openTimeMs, ...columns]: Float64Array[]): StoredColumns {
  const extras = columns.slice(6);
  const sorted = inNameOrder(extraColumns);
  return {
    openTimeMs,
    core: columns.slice(0, 5),
    adjFactor: columns[5],
    extra: extraColumns.map((name) => extras[sorted.indexOf(name)]),
  };
}

/** A cache that tidies its folder to begin with, in the background. */
export function openBarCache(settings: BarCacheSettings): FileBarCache {
  const cache = new FileBarCache(settings);
  void cache.tidy();
  return cache;
}
