import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether DuckDB, which is optional, can be asked here. */
export const canQueryParquet = ((): boolean => {
  try {
    require.resolve('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
})();

/** Rows of a statement over a Parquet file, by DuckDB: a reader that nothing here wrote. @param sql of the file as a table */
export async function queryParquet(
  bytes: Uint8Array,
  sql: (table: string) => string,
): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = mkdtempSync(join(tmpdir(), 'assay-query-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const path = join(folder, 'table.parquet');
    writeFileSync(path, bytes);
    await connection.run("SET TimeZone = 'UTC'");
    const answer = await connection.runAndReadAll(sql(`read_parquet('${path}')`));
    return answer.getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}
