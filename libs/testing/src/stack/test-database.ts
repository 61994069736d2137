import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Redis from 'ioredis';
import { connect } from 'nats';
import { Client } from 'pg';
import type { Stack } from './stacks';
import { stacks } from './stacks';

export interface TestDatabase {
  url: string;
  rolePrefix: string;
  /** Environment of a process or application that uses this database and the stack's buses, under names of its own. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

async function administer(adminUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function removeStream(natsUrl: string, name: string): Promise<void> {
  const connection = await connect({ servers: natsUrl, timeout: 2_000 });
  const manager = await connection.jetstreamManager();
  await manager.streams.delete(name).catch(() => undefined);
  await connection.close();
}

async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 500 })) {
    if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
  }
  await redis.quit();
}

/** A migrated database of the spec's own, cloned from the template of this run. Drop it when done. */
export async function createTestDatabase(stack: Stack = stacks()[0]!): Promise<TestDatabase> {
  const id = `${process.env.ASSAY_TEST_RUN}_${randomBytes(4).toString('hex')}`;
  const database = `assay_${id}`;
  const rolePrefix = `assay_${process.env.ASSAY_TEST_RUN}_`;
  const prefix = `assay-${id}`;
  await administer(stack.adminUrl, `CREATE DATABASE "${database}" TEMPLATE "${process.env.ASSAY_TEST_TEMPLATE}"`);
  const url = new URL(stack.adminUrl);
  url.pathname = `/${database}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-data-'));
  const env: Record<string, string> = {
    DB_URL: url.href,
    ASSAY_ROLE_PREFIX: rolePrefix,
    ASSAY_KEY_PREFIX: prefix,
    ASSAY_STREAM_PREFIX: prefix,
    ASSAY_DATA_DIR: dataDir,
    ASSAY_SECRET: randomBytes(16).toString('hex'),
    LOG_LEVEL: process.env.ASSAY_TEST_LOG ?? 'fatal',
    REDIS_URL: stack.redisUrl ?? '',
    NATS_URL: stack.natsUrl ?? '',
    RESEARCH_PORT: '0',
    TRADE_PORT: '0',
    PORTFOLIO_PORT: '0',
    WEB_PORT: '0',
  };
  const drop = async (): Promise<void> => {
    await administer(stack.adminUrl, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    if (stack.natsUrl) await removeStream(stack.natsUrl, prefix.toUpperCase());
    if (stack.redisUrl) await removeKeys(stack.redisUrl, prefix);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: url.href, rolePrefix, env, drop };
}

/** Sets the environment of this spec's process. Jest gives each spec file its own `process.env`. */
export const useEnvironment = (env: Record<string, string>): void => {
  Object.assign(process.env, env);
};
