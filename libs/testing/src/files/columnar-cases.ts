import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormatCase } from './format-case';
import { MADE_BARS } from './made-bars';
import { storedLz4, storedZstd } from './made-files';

const HOURS = { holds: 'hours', market: 'CRYPTO' } as const;

/** An Arrow file or stream with the columns of Freqtrade's Feather files. */
async function arrowBars(form: 'file' | 'stream', codec: 'lz4' | 'zstd' | null): Promise<Uint8Array> {
  const arrow = await import('apache-arrow');
  const { CompressionType, compressionRegistry, Float64, TimestampNanosecond, vectorFromArray } = arrow;
  const kinds = { lz4: [CompressionType.LZ4_FRAME, storedLz4], zstd: [CompressionType.ZSTD, storedZstd] } as const;
  const bars = MADE_BARS.hours;
  const doubles = (at: 1 | 2 | 3 | 4 | 5): import('apache-arrow').Vector =>
    vectorFromArray(
      bars.map((bar) => bar[at]),
      new Float64(),
    );
  const table = new arrow.Table({
    date: vectorFromArray(
      bars.map(([time]) => Date.parse(time)),
      new TimestampNanosecond('UTC'),
    ),
    ...{ open: doubles(1), high: doubles(2), low: doubles(3), close: doubles(4), volume: doubles(5) },
  });
  if (codec === null) return arrow.tableToIPC(table, form);
  const [type, encode] = kinds[codec];
  compressionRegistry.set(type, { encode });
  const writer =
    form === 'file'
      ? new arrow.RecordBatchFileWriter({ compressionType: type })
      : new arrow.RecordBatchStreamWriter({ compressionType: type });
  return writer.writeAll(table).toUint8Array(true);
}

/** A Parquet file, as pandas writes it: instants in UTC. */
async function parquetBars(): Promise<Uint8Array> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = mkdtempSync(join(tmpdir(), 'assay-made-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const rows = MADE_BARS.hours.map(([time, ...values]) => `(TIMESTAMPTZ '${time}', ${values.join(', ')})`);
    const path = join(folder, 'bars.parquet');
    await connection.run(
      `COPY (SELECT t AS date, o::DOUBLE AS open, h::FLOAT AS high, l::DECIMAL(18, 4) AS low, c::DOUBLE AS close, v::BIGINT AS volume, 'x' AS note, [1, 2] AS list FROM (VALUES ${rows.join(', ')}) AS made(t, o, h, l, c, v)) TO '${path}' (FORMAT parquet, CODEC 'zstd')`,
    );
    return readFileSync(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

export const columnarCases = (): FormatCase[] => [
  {
    ...HOURS,
    name: 'Freqtrade as Feather, compressed by lz4',
    file: 'BTC_USDT-1h.feather',
    bytes: () => arrowBars('file', 'lz4'),
  },
  { ...HOURS, name: 'Arrow stream, compressed by zstd', file: 'bars.arrows', bytes: () => arrowBars('stream', 'zstd') },
  { ...HOURS, name: 'Arrow file', file: 'bars.arrow', bytes: () => arrowBars('file', null) },
  { ...HOURS, name: 'Parquet', file: 'bars.parquet', bytes: parquetBars },
];
