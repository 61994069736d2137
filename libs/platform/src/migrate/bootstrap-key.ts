import { newId } from '@assay/primitives/ids';
import { Client } from 'pg';
import { hashApiKey, keyPrefix, newApiKey } from '../auth/credentials';

const ADMIN = 'admin';
const KEY_NAME = 'bootstrap';
const MIN_LENGTH = 16;

/**
 * Makes sure that there is an administrator with a working key.
 *
 * @param given ASSAY_BOOTSTRAP_KEY: takes the place of the bootstrap key there was
 * @returns the key when it was made now (shown once, never again), else undefined
 */
export async function ensureAdminKey(url: string, given?: string): Promise<string | undefined> {
  if (given !== undefined && given.length < MIN_LENGTH) {
    throw new Error(`ASSAY_BOOTSTRAP_KEY must have at least ${MIN_LENGTH} characters, had ${given.length}`);
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('assay.bootstrap'))`);
    await client.query(
      `INSERT INTO ops."user" (id, username, role) VALUES ($1, $2, 'admin') ON CONFLICT (username) DO NOTHING`,
      [newId(), ADMIN],
    );
    const admin = await client.query<{ id: string }>('SELECT id FROM ops."user" WHERE username = $1', [ADMIN]);
    const userId = admin.rows[0]!.id;
    const live = await client.query<{ key_hash: string }>(
      `SELECT key_hash FROM ops.api_key WHERE user_id = $1 AND name = $2 AND revoked_at IS NULL`,
      [userId, KEY_NAME],
    );
    const known = live.rows.some(({ key_hash }) => given === undefined || key_hash === hashApiKey(given));
    const key = known ? undefined : (given ?? newApiKey());
    if (key) {
      await client.query(
        `UPDATE ops.api_key SET revoked_at = now() WHERE user_id = $1 AND name = $2 AND revoked_at IS NULL`,
        [userId, KEY_NAME],
      );
      await client.query(
        `INSERT INTO ops.api_key (id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, $3, $4, $5, '{admin}')
         ON CONFLICT (key_hash) DO UPDATE SET revoked_at = NULL`,
        [newId(), userId, KEY_NAME, keyPrefix(key), hashApiKey(key)],
      );
    }
    await client.query('COMMIT');
    return given === undefined ? key : undefined;
  } finally {
    await client.end();
  }
}
