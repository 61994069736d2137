import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDomainError } from '@assay/primitives';
import { UNIT_SEPARATOR, type FileText } from '../unwrap/file-text';
import { MOST_BYTES, tooLarge, unreadable } from '../unwrap/limit';
import { loadDuckDb } from './duckdb';

/** Types that hold a time, a number or a text. */
const SCALAR =
  /^(TIMESTAMP|DATE|TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|FLOAT|DOUBLE|DECIMAL|VARCHAR|BOOLEAN|ENUM)/;
/** Of the rows under way; a file whose rows need more is refused. */
const MEMORY_LIMIT = '512MB';
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The rows of a Parquet file as delimited text, written by DuckDB: doubles by their shortest form that reads back to the
 * same bits, single floats as the doubles they are, instants in UTC. Other columns than times, numbers and texts are
 * left out. @throws DomainError
 */
export async function parquetText(bytes: Uint8Array, name: string | null, most = MOST_BYTES): Promise<FileText> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-parquet-'));
  try {
    const [source, target] = [join(folder, 'bars.parquet'), join(folder, 'bars.txt')];
    await writeFile(source, bytes, { mode: 0o600 });
    await parquetToText(source, target, name, most);
    return { bytes: await readFile(target), name, ...PARQUET_TEXT };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the text of a Parquet file is. */
export const PARQUET_TEXT = { place: 'row', delimiter: UNIT_SEPARATOR } as const;

/** The same from file to file: of neither much lies in memory. */
export async function parquetToText(source: string, target: string, name: string | null, most: number): Promise<void> {
  const { DuckDBInstance } = await loadDuckDb();
  try {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    try {
      // the file may come from anybody: nothing but it is read, nothing but its text is written
      for (const setting of [
        `SET allowed_paths = [${literal(source)}, ${literal(target)}]`,
        'SET enable_external_access = false',
        "SET TimeZone = 'UTC'",
        `SET memory_limit = '${MEMORY_LIMIT}'`,
      ])
        await connection.run(setting);
      const table = `read_parquet(${literal(source)})`;
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
      const columns = described.getRows().map(([column, type]) => ({ column: String(column), type: String(type) }));
      const select = columns.filter(({ type }) => SCALAR.test(type) && !type.endsWith(']')).map(selected);
      if (select.length === 0)
        throw unreadable('columns', 'content must have columns of times and numbers, this Parquet file has none');
      const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${table}`);
      const rows = Number(counted.getRows()[0][0]);
      if (rows * select.length * 2 > most) throw tooLarge(name ?? 'the Parquet file', most);
      await connection.run(
        `COPY (SELECT ${select.join(', ')} FROM ${table}) TO ${literal(target)} (FORMAT csv, HEADER, DELIMITER ${literal(UNIT_SEPARATOR)}, QUOTE '', ESCAPE '', NULLSTR '')`,
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    if ((await stat(target)).size > most) throw tooLarge(name ?? 'the Parquet file', most);
  } catch (error) {
    throw refusalOf(error, source);
  }
}

function selected({ column, type }: { column: string; type: string }): string {
  const name = quoted(column);
  // pandas keeps its index so
  const as = quoted(/^__index_level_\d+__$/.test(column) ? '' : column) === '""' ? '"date"' : name;
  if (type === 'FLOAT') return `CAST(${name} AS DOUBLE) AS ${as}`;
  if (type === 'VARCHAR' || type.startsWith('ENUM'))
    return `regexp_replace(CAST(${name} AS VARCHAR), '[\\x1f\\r\\n]', ' ', 'g') AS ${as}`;
  return `${name} AS ${as}`;
}

function refusalOf(error: unknown, source: string): unknown {
  // its native errors are of no class of ours
  const message = String((error as { message?: unknown } | null)?.message ?? error);
  const isOurs = isDomainError(error);
  if (isOurs || !/^(Invalid|IO|Binder|Conversion|Serialization|Not implemented|Parser|Out of Memory)/i.test(message))
    return error;
  return unreadable(
    'parquet',
    `content must be a whole Parquet file, DuckDB says: ${message.split('\n')[0].replaceAll(source, 'the file')}`,
  );
}
