import { applyRoles, migrations, runMigrations } from '@assay/persistence';
import type { Session } from '@assay/persistence';
import { runMigrations as runQueueMigrations } from 'bullmq';
import { Client } from 'pg';
import { QUEUE_SCHEMA } from '../jobs/queue-schema';

const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** The same server and user, another database. */
function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

async function connected<T>(url: string, body: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.end();
  }
}

/** Creates the database of `url` where it does not exist; needs a connection to the server's `postgres` database for that. */
export async function ensureDatabase(url: string): Promise<void> {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const exists = await connected(url, () => Promise.resolve(true)).catch((error: { code?: string }) => {
    if (error.code === '3D000') return false;
    throw error;
  });
  if (exists) return;
  await connected(withDatabase(url, 'postgres'), (client) => client.query(`CREATE DATABASE ${quote(database)}`)).catch(
    (error: { code?: string }) => {
      // Two starts at once: the other one has created it.
      if (error.code !== '42P04' && error.code !== '23505') throw error;
    },
  );
}

/** Brings the database of `url` to the newest schema with its roles. @returns migrations applied now, and roles in force */
export function migrateDatabase(url: string, rolePrefix: string): Promise<{ applied: string[]; roles: string[] }> {
  return connected(url, async (client) => {
    const session = client as unknown as Session;
    const applied = await runMigrations(session, migrations);
    await runQueueMigrations(client as never, QUEUE_SCHEMA);
    await client.query('RESET search_path');
    const roles = await applyRoles(session, rolePrefix);
    return { applied, roles };
  });
}
