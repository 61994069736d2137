import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBarsText } from '@assay/market-data/files';
import { timesOfTwo } from './measure';
import { minuteBarsCsv } from './minute-bars';
import type { Row } from './rows';

const ROWS = 1_000_000;
const RUNS = 5;

/** A million rows of CSV into columns of doubles, by our reader and by DuckDB's, one thread each. */
export async function benchReadFiles(): Promise<Row[]> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const path = join(folder, 'bars.csv');
    const text = minuteBarsCsv(ROWS);
    writeFileSync(path, text);
    const bytes = Buffer.from(text);
    const query = `SELECT epoch_ms(date), open, high, low, close, volume::DOUBLE FROM read_csv('${path}')`;
    const byDuckDb = async (): Promise<void> => {
      const result = await connection.stream(query);
      while (((await result.fetchChunk())?.rowCount ?? 0) > 0);
    };
    const [ours, theirs] = await timesOfTwo(() => readBarsText(bytes, { timeframe: '1m' }), byDuckDb, RUNS, 1);
    return [
      {
        what: 'CSV of 1M bars into columns',
        value: `${ours.best.toFixed(0)} ms / ${theirs.best.toFixed(0)} ms`,
        ratio: ours.best / theirs.best,
        note: "of the time of DuckDB's reader, one thread each",
      },
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}
