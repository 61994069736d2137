import { databaseSettings } from '@assay/persistence';
import { startFault } from '../http/start-fault';
import { ensureAdminKey } from './bootstrap-key';
import { ensureDatabase, migrateDatabase } from './migrate-database';

/** One-shot: database, migrations, roles, administrator's key. Its last line is JSON; the key is in it only when it was made now. */
async function main(): Promise<void> {
  const { url, rolePrefix } = databaseSettings();
  await ensureDatabase(url);
  const { applied, roles } = await migrateDatabase(url, rolePrefix);
  const adminKey = await ensureAdminKey(url, process.env.ASSAY_BOOTSTRAP_KEY);
  process.stdout.write(`${JSON.stringify({ applied, roles, ...(adminKey ? { admin_key: adminKey } : {}) })}\n`);
}

main().catch((error: unknown) => {
  const { message, exitCode } = startFault(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
});
