import { unreadable } from '../unwrap/limit';

type DuckDb = typeof import('@duckdb/node-api');

/** DuckDB, loaded when it is first needed. It is optional and native: where it is missing, the refusal says what to do. */
export async function loadDuckDb(load: () => Promise<DuckDb> = () => import('@duckdb/node-api')): Promise<DuckDb> {
  try {
    return await load();
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw unreadable(
      'parquet_reader',
      `content as Parquet needs the optional package @duckdb/node-api, which cannot be loaded here (${why}): install it for this platform, or write the file as CSV or Feather`,
    );
  }
}
