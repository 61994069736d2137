import { randomBytes } from 'node:crypto';
import type { UserRole } from '@assay/persistence';
import { sha256Hex } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Client } from 'pg';

export interface TestUser {
  id: string;
  username: string;
  /** An API key with all the rights of the role, or with `scopes`. */
  key: string;
  /** Ready for a request. */
  headers: { authorization: string };
}

/** A user with an API key, written straight to the database. */
export async function createTestUser(
  url: string,
  role: UserRole = 'admin',
  scopes: string[] = ['admin'],
): Promise<TestUser> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const id = newId();
    const username = `${role}-${id.slice(-8)}`;
    const key = `ak_${randomBytes(32).toString('base64url')}`;
    await client.query('INSERT INTO ops."user" (id, username, role) VALUES ($1, $2, $3)', [id, username, role]);
    await client.query(
      `INSERT INTO ops.api_key (id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, 'test', $3, $4, $5)`,
      [newId(), id, key.slice(0, 10), sha256Hex(key), scopes],
    );
    return { id, username, key, headers: { authorization: `Bearer ${key}` } };
  } finally {
    await client.end();
  }
}
