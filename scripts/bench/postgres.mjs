// A throw-away PostgreSQL for the benchmark: prints the URL of a migrated database, and ends with its standard input.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../libs/platform/src/embedded/postgres.mjs';

const require = createRequire(import.meta.url);
const { ensureDatabase, migrateDatabase } = require('../../dist/libs/platform/src/migrate/migrate-database.js');
const dataDir = mkdtempSync(join(tmpdir(), 'assay-bench-postgres-'));
const server = await startEmbeddedPostgres({ dataDir });
process.stdin.on('end', async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit();
});
process.stdin.resume();
const url = new URL(server.url);
url.pathname = '/bench';
await ensureDatabase(url.href);
await migrateDatabase(url.href, 'assay_bench_');
console.log(url.href);
