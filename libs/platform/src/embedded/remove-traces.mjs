import Redis from 'ioredis';
import { connect } from 'nats';
import pg from 'pg';

const quote = (identifier) => `"${identifier.replaceAll('"', '""')}"`;

async function dropDatabase(url, rolePrefix) {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  if (database === 'postgres') throw new Error('the database postgres is not dropped');
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
    if (!rolePrefix) return;
    const { rows } = await client.query('SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)', [rolePrefix]);
    for (const { rolname } of rows) await client.query(`DROP ROLE ${quote(rolname)}`).catch(() => {});
  } finally {
    await client.end();
  }
}

async function removeKeys(url, prefix) {
  const redis = new Redis(url, { maxRetriesPerRequest: 3 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 500 })) {
      if (keys.length > 0) await redis.del(...keys);
    }
  } finally {
    redis.disconnect();
  }
}

async function removeStream(url, name) {
  const connection = await connect({ servers: url, timeout: 5_000 });
  try {
    await (await connection.jetstreamManager()).streams.delete(name);
  } catch (error) {
    if (error.api_error?.code !== 404) throw error;
  } finally {
    await connection.close();
  }
}

/**
 * Removes what an installation has left on servers: its database, roles, queue keys and stream, each where its URL is given.
 *
 * @param names environment with ASSAY_ROLE_PREFIX, ASSAY_KEY_PREFIX and ASSAY_STREAM_PREFIX; what has no name is left alone
 */
export async function removeTraces({ dbUrl, redisUrl, natsUrl, names }) {
  if (dbUrl) await dropDatabase(dbUrl, names.ASSAY_ROLE_PREFIX);
  if (redisUrl && names.ASSAY_KEY_PREFIX) await removeKeys(redisUrl, names.ASSAY_KEY_PREFIX);
  if (natsUrl && names.ASSAY_STREAM_PREFIX) await removeStream(natsUrl, names.ASSAY_STREAM_PREFIX.toUpperCase());
}
