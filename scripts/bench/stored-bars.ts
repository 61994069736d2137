import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { FileBarCache, MarketStore, type Query, type Series } from '@assay/market-data';
import { readBarsText } from '@assay/market-data/files';
import { MINUTE_MS } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Client } from 'pg';
import { repositoryRoot } from './data';
import { timesOfTwo, type Times } from './measure';
import { minuteBarsCsv } from './minute-bars';
import type { Row } from './rows';

const ROWS = 1_000_000;
const RUNS = 5;

/** A million stored bars from their rows and from the cache, and what DuckDB takes for the same columns. */
export async function benchStoredBars(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const text = minuteBarsCsv(ROWS);
    return await withDatabase(async (client) => {
      const query = async (sql: string, params?: unknown[]): Promise<unknown> => (await client.query(sql, params)).rows;
      const series = await stored(query, text);
      const cache = new FileBarCache({ directory: join(folder, 'cache'), mostBytes: 2 ** 30, report: console.error });
      const [byRows, byCache] = [new MarketStore(query), new MarketStore(query, undefined, cache)];
      const fill = await firstRead(byCache, series);
      const rows = await timesOfTwo(
        () => byCache.barsOf(series),
        () => byRows.barsOf(series),
        RUNS,
        1,
      );
      const added = await timesOfTwo(
        () => addOne(query, byCache, series),
        () => addOne(query, byRows, series),
        RUNS,
        1,
      );
      const parquet = await againstParquet(folder, text, () => byCache.barsOf(series));
      return [
        row('1M stored bars, cache against rows', rows, 'PostgreSQL; hashed and compared with the fingerprint'),
        row('1M stored bars and one more, cache against rows', added, 'one transaction, with the new fingerprint'),
        row('1M stored bars, cache against Parquet', parquet, 'by DuckDB, one thread, not hashed'),
        row(
          '1M stored bars, first read',
          [fill.time, rows[1]],
          'from rows, then written to the cache; against rows alone',
        ),
        {
          what: '1M stored bars, longest pause of the loop',
          value: `${(await longestPause(() => byCache.barsOf(series))).toFixed(0)} ms`,
          ratio: null,
          note: `while they come from the cache; from rows ${fill.pauseMs.toFixed(0)} ms`,
        },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const row = (what: string, [ours, theirs]: readonly [Times, Times], note: string): Row => ({
  what,
  value: `${ours.best.toFixed(0)} ms / ${theirs.best.toFixed(0)} ms`,
  ratio: ours.best / theirs.best,
  note,
});

async function withDatabase<T>(body: (client: Client) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [join(repositoryRoot, 'scripts/bench/postgres.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    for await (const url of createInterface(server.stdout)) {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return await body(client);
      } finally {
        await client.end();
      }
    }
    throw new Error('the PostgreSQL of the benchmark did not start');
  } finally {
    server.stdin.end();
    await ended;
  }
}

async function stored(query: (sql: string, params?: unknown[]) => Promise<unknown>, text: string): Promise<Series> {
  const { bars } = readBarsText(text, { symbol: 'LONG', source: 'bench', timeframe: '1m' });
  const imported = {
    id: newId(),
    market: 'CRYPTO',
    synthetic: true,
    bars,
    adjFactor: null,
    nowMs: Date.now(),
  } as const;
  const { series } = await new MarketStore(query).importBars(imported);
  await query('ANALYZE market.bar');
  return series;
}

/** Adds a bar after all of a series, and takes it back. */
async function addOne(
  query: Query,
  store: MarketStore,
  { id, market, synthetic, lastOpenMs, ...key }: Series,
): Promise<void> {
  const { source, symbol, timeframe } = key;
  const one = Float64Array.of(1);
  const openTimeMs = Float64Array.of(lastOpenMs! + MINUTE_MS);
  const bars = {
    source,
    symbol,
    timeframe,
    openTimeMs,
    open: one,
    high: one,
    low: one,
    close: one,
    volume: one,
    extra: {},
  };
  await query('BEGIN');
  await store.importBars({ id, market, synthetic, bars, adjFactor: null, nowMs: Date.now() });
  await query('ROLLBACK');
}

async function firstRead(store: MarketStore, series: Series): Promise<{ time: Times; pauseMs: number }> {
  const start = performance.now();
  const pauseMs = await longestPause(() => store.barsOf(series));
  const time = performance.now() - start;
  return { time: { median: time, best: time }, pauseMs };
}

async function longestPause(run: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await run();
  delay.disable();
  return delay.max / 1e6;
}

async function againstParquet(folder: string, text: string, ours: () => Promise<unknown>): Promise<[Times, Times]> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const [csv, parquet] = [join(folder, 'bars.csv'), join(folder, 'bars.parquet')];
    writeFileSync(csv, text);
    const columns = 'date, open, high, low, close, volume::DOUBLE AS volume, 1::DOUBLE AS adj_factor';
    await connection.run(`COPY (SELECT ${columns} FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet)`);
    const byDuckDb = async (): Promise<void> => {
      const result = await connection.stream(`SELECT * FROM read_parquet('${parquet}')`);
      while (((await result.fetchChunk())?.rowCount ?? 0) > 0);
    };
    return await timesOfTwo(ours, byDuckDb, RUNS, 1);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
