import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../../../scripts/build.mjs';
import { answers } from '../../../platform/src/embedded/ports.mjs';
import { dockerAnswers, startContainers } from './containers.mjs';
import { removeTraces } from '../../../platform/src/embedded/remove-traces.mjs';
import { startEmbeddedPostgres } from '../../../platform/src/embedded/postgres.mjs';

const require = createRequire(import.meta.url);
const COMPILE_CACHE = fileURLToPath(new URL('compile-cache.cjs', import.meta.url));
const STANDARD = {
  DB_URL: { host: '127.0.0.1', port: 5432, url: 'postgres://postgres@127.0.0.1:5432/postgres' },
  REDIS_URL: { host: '127.0.0.1', port: 6379, url: 'redis://127.0.0.1:6379' },
  NATS_URL: { host: '127.0.0.1', port: 4222, url: 'nats://127.0.0.1:4222' },
};

/** URLs of servers that this run did not start: those given, and the standard loopback ports if ASSAY_FULL_STACK=1 allows them. */
async function givenServers(env) {
  const given = {};
  for (const [name, { host, port, url }] of Object.entries(STANDARD)) {
    if (env[name] && !env[name].startsWith('sqlite:')) given[name] = env[name];
    else if (env.ASSAY_FULL_STACK === '1' && (await answers(host, port))) given[name] = url;
  }
  return given;
}

/** Where the full stack is wanted and Docker is there, what is missing runs in containers. */
async function containersFor(given, env) {
  const missing = Object.keys(STANDARD).filter((name) => !given[name]);
  if (env.ASSAY_FULL_STACK !== '1' || missing.length === 0 || !(await dockerAnswers())) return undefined;
  return startContainers(missing);
}

/** A migrated database to clone from. @returns its URL and whether the services' roles are in force there */
async function prepareTemplate(adminUrl, database, rolePrefix) {
  const { ensureDatabase, migrateDatabase } = require('../../../../dist/libs/platform/src/migrate/migrate-database.js');
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  await ensureDatabase(url.href);
  const { roles } = await migrateDatabase(url.href, rolePrefix);
  return { url: url.href, roles };
}

/**
 * Starts the embedded server, migrates a template database there and, where servers are given, a second one on the given
 * PostgreSQL. Results reach the specs through ASSAY_TEST_* variables.
 */
export async function startTestServers(env = process.env) {
  await build({ log: () => {} });
  const run = `t${randomBytes(4).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-test-'));
  const embedded = await startEmbeddedPostgres({ dataDir, durable: false });
  const given = await givenServers(env);
  const containers = await containersFor(given, env);
  Object.assign(given, containers?.urls);
  const template = `assay_${run}_template`;
  const undo = [];
  try {
    await prepareTemplate(embedded.url, template, `assay_${run}_`);
    env.ASSAY_TEST_RUN = run;
    env.ASSAY_TEST_DB_URL = embedded.url;
    env.ASSAY_TEST_TEMPLATE = template;
    env.ASSAY_COMPILE_CACHE = mkdtempSync(join(dataDir, 'compiled-'));
    env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(COMPILE_CACHE)}`;
    if (Object.keys(given).length > 0) {
      let rolesSkipped = false;
      if (given.DB_URL) {
        const dbUrl = new URL(given.DB_URL);
        dbUrl.pathname = `/${template}`;
        undo.push(() => removeTraces({ dbUrl: dbUrl.href, names: { ASSAY_ROLE_PREFIX: `assay_${run}_` } }));
        const { roles } = await prepareTemplate(given.DB_URL, template, `assay_${run}_`);
        rolesSkipped = roles.length === 0;
      }
      const { DB_URL: dbUrl, REDIS_URL: redisUrl, NATS_URL: natsUrl } = given;
      env.ASSAY_TEST_FULL = JSON.stringify({ dbUrl, redisUrl, natsUrl, rolesSkipped });
    }
  } catch (error) {
    for (const step of undo) await step().catch(() => {});
    await containers?.stop();
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
  const stop = async () => {
    for (const step of undo) await step();
    await containers?.stop();
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { stop };
}
