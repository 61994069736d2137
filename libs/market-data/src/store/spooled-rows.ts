import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BarSpoolWriter, Room, SpooledBars, type FactoredBars, type SpooledBarsFacts } from '../spool';
import { barRows, COPY_BARS, type Copy } from './bar-copy';
import { newBetween } from './bar-corrections';
import { readBars, writeBars } from './bar-rows';
import type { Query, Series } from './series';
import { barColumnsOf } from './stored-columns';

const ROWS_PER_PIECE = 20_000;
const ROWS_PER_READ = 50_000;

export interface WrittenSpool {
  inserted: number;
  updated: number;
  /** New bars between stored ones. */
  between: number;
}

/** Writes bars on disk, of which few lie in memory at a time: those after all stored ones are copied, the others merged. */
export async function writeSpooled(
  { query, copy }: { query: Query; copy?: Copy },
  before: Series,
  spooled: SpooledBars,
  extraColumns: readonly string[],
  onWritten: (bars: number) => void,
): Promise<WrittenSpool> {
  const { count } = spooled.facts;
  const from = copy === undefined ? count : firstAfter(spooled, before.lastOpenMs ?? -Infinity);
  const written = { inserted: 0, updated: 0, between: 0 };
  const room = new Room();
  for (let at = 0; at < from; at += ROWS_PER_PIECE) {
    const to = Math.min(from, at + ROWS_PER_PIECE);
    const { bars, adjFactor } = spooled.read(at, to, room);
    written.between += await newBetween(query, before, bars);
    const told = (rows: number): void => onWritten(at + rows);
    const { inserted, updated } = await writeBars(query, before.id, bars, adjFactor, extraColumns, told);
    written.inserted += inserted;
    written.updated += updated;
  }
  if (from < count) {
    const told = (rows: number): void => onWritten(from + rows);
    await copy!(COPY_BARS, barRows(before.id, piecesFrom(spooled, from), extraColumns, told));
    written.inserted += count - from;
  }
  return written;
}

function* piecesFrom(spooled: SpooledBars, begin: number): Generator<FactoredBars> {
  const { count } = spooled.facts;
  const room = new Room();
  for (let from = begin; from < count; from += ROWS_PER_PIECE)
    yield spooled.read(from, Math.min(count, from + ROWS_PER_PIECE), room);
}

/** Index of the first bar that opens after `time`. */
function firstAfter(spooled: SpooledBars, time: number): number {
  let [from, to] = [0, spooled.facts.count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (spooled.timeOf(middle) > time) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The stored bars of a series, on disk in a folder that this makes. */
export async function spoolStored(query: Query, series: Series, folder: string): Promise<SpooledBarsFacts> {
  const { symbol, source, timeframe, extraColumns } = series;
  const into = join(folder, 'stored');
  // of a transaction that is run again
  await rm(into, { recursive: true, force: true });
  const writer = new BarSpoolWriter(into, { symbol, source, timeframe, extra: extraColumns });
  for (let fromMs: number | undefined; ;) {
    const stored = await readBars(query, series.id, extraColumns, { fromMs, most: ROWS_PER_READ });
    const rows = stored.openTimeMs.length;
    if (rows > 0) writer.append({ bars: barColumnsOf(series, stored), adjFactor: stored.adjFactor });
    if (rows < ROWS_PER_READ) return writer.close(true);
    fromMs = stored.openTimeMs[rows - 1] + 1;
  }
}

/** What the row of a series says of its bars. */
export interface ContentFacts {
  count: number;
  firstMs: number;
  lastMs: number;
  fingerprint: string;
  adjusted: boolean;
}

/** What bars on disk are, for the row of their series. */
export async function factsOf(content: SpooledBarsFacts): Promise<ContentFacts> {
  const bars = new SpooledBars(content);
  try {
    const { count } = content;
    return {
      count,
      firstMs: bars.timeOf(0),
      lastMs: bars.timeOf(count - 1),
      fingerprint: await bars.fingerprint(),
      adjusted: bars.isAdjusted(ROWS_PER_READ),
    };
  } finally {
    bars.close();
  }
}
