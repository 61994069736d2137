import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers, freePort } from './ports.mjs';
import { startEmbeddedPostgres } from './postgres.mjs';
import { removeTraces } from './remove-traces.mjs';
import { serviceProcess } from './service-process.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const DATABASE = 'assay';
const DEFAULT_PORTS = { research: 8001, trade: 8000, portfolio: 8002 };

const SCRIPTS = {
  research: 'apps/research/src/main.js',
  researchWorker: 'apps/research/src/worker.js',
  trade: 'apps/trade/src/main.js',
  tradeWorker: 'apps/trade/src/worker.js',
  portfolio: 'apps/portfolio/src/main.js',
};
const PREFIXES = { research: '/api', trade: '/api/v1', portfolio: '' };

/** The same server and user, another database. */
function withDatabase(url, database) {
  const changed = new URL(url);
  if (database) changed.pathname = `/${database}`;
  return changed.href;
}

function runMigration(env, onLine) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/libs/platform/src/migrate/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', failed);
    child.once('close', (code) => {
      if (code !== 0) return failed(new Error(`the migration failed: ${err.trim()}`));
      const { admin_key: adminKey, ...facts } = JSON.parse(out.trim().split('\n').at(-1));
      // The key itself never reaches a log.
      onLine(
        JSON.stringify({ level: 30, time: new Date().toISOString(), service: 'migrate', msg: 'migrated', ...facts }),
        'migrate',
      );
      done({ ...facts, adminKey });
    });
  });
}

/** `'free'`: any; `'preferred'`: the usual ones where nobody listens there; an object: exactly those. */
async function choosePorts(ports) {
  if (typeof ports === 'object') return { ...DEFAULT_PORTS, ...ports };
  const chosen = {};
  for (const [name, port] of Object.entries(DEFAULT_PORTS)) {
    const usable = ports === 'preferred' && !(await answers('127.0.0.1', port));
    do chosen[name] = usable ? port : await freePort();
    while (Object.values(chosen).filter((other) => other === chosen[name]).length > 1);
  }
  return chosen;
}

/** Names that keep two installations apart on the same servers. */
const namespaceEnvironment = (namespace) =>
  namespace ? { ASSAY_ROLE_PREFIX: `${namespace}_`, ASSAY_KEY_PREFIX: namespace, ASSAY_STREAM_PREFIX: namespace } : {};

/**
 * Starts the whole product from `dist/`: an embedded PostgreSQL where no database is given, a one-shot migration, then the five processes.
 * With `redisUrl` or `natsUrl` the same processes use those instead of PostgreSQL, each on its own.
 *
 * @param dataDir  everything that is kept: cluster, secret, artifacts
 * @param dbUrl    postgres URL; its database is created where it is missing. `sqlite:` and undefined mean embedded
 * @param database name of the database; default: the one in `dbUrl`, or `assay` on the embedded server
 * @param namespace prefix of roles, queue keys and streams on given servers
 * @param dropDatabase start from nothing, and leave nothing on given servers: for demonstrations and tests
 * @param ports    `{ research, trade, portfolio }`, `'preferred'` (the usual ones if they are free) or `'free'`
 * @param env      more environment for every process (it wins)
 * @param logFile  all output goes there; `onLog(line, process)` also gets it
 * @param processes names of the processes to start, default all
 * @param respawn  start processes again that end unasked
 * @returns {{ urls, adminKey, processes, dbUrl, roles, stop() }} adminKey: ASSAY_BOOTSTRAP_KEY, or the key generated at this start, else undefined
 */
export async function startStack({
  dataDir,
  dbUrl,
  redisUrl,
  natsUrl,
  database,
  namespace,
  dropDatabase = false,
  ports = {},
  env = {},
  logFile,
  onLog = () => {},
  processes: names = Object.keys(SCRIPTS),
  respawn = false,
}) {
  const migrate = join(ROOT, 'dist/libs/platform/src/migrate/main.js');
  if (!existsSync(migrate)) throw new Error('dist/ is missing: build first');
  const home = resolve(dataDir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const log = logFile ? createWriteStream(logFile, { flags: 'a', mode: 0o600 }) : undefined;
  const onLine = (line, name) => {
    log?.write(`${line}\n`);
    onLog(line, name);
  };
  const given = dbUrl && !dbUrl.startsWith('sqlite:') ? dbUrl : undefined;
  const postgres = given ? undefined : await startEmbeddedPostgres({ dataDir: join(home, 'postgres') });
  const started = [];
  const url = withDatabase(given ?? postgres.url, database ?? (given ? undefined : DATABASE));
  const ownNames = namespaceEnvironment(namespace);
  const traces = { dbUrl: given && url, redisUrl, natsUrl, names: { ...process.env, ...ownNames, ...env } };
  const stop = async () => {
    await Promise.all(started.map((process) => process.kill('SIGTERM')));
    if (dropDatabase) await removeTraces(traces).catch((error) => onLine(`clean-up: ${error.message}`, 'stack'));
    await postgres?.stop();
    await new Promise((done) => (log ? log.end(done) : done()));
  };
  try {
    if (dropDatabase) await removeTraces({ ...traces, dbUrl: url });
    const used = await choosePorts(ports);
    const environment = {
      ...process.env,
      DB_URL: url,
      REDIS_URL: redisUrl ?? '',
      NATS_URL: natsUrl ?? '',
      ASSAY_DATA_DIR: home,
      RESEARCH_PORT: String(used.research),
      TRADE_PORT: String(used.trade),
      PORTFOLIO_PORT: String(used.portfolio),
      ...ownNames,
      ...env,
    };
    const { adminKey, roles } = await runMigration(environment, onLine);
    const processes = {};
    for (const name of names) {
      const script = join(ROOT, 'dist', SCRIPTS[name]);
      processes[name] = serviceProcess({ name, script, env: environment, onLine, respawn });
      started.push(processes[name]);
    }
    await Promise.all(started.map((process) => process.start()));
    const host = environment.HOST ?? '127.0.0.1';
    const urls = Object.fromEntries(
      Object.entries(PREFIXES).map(([name, prefix]) => [name, `http://${host}:${used[name]}${prefix}`]),
    );
    return { urls, adminKey: environment.ASSAY_BOOTSTRAP_KEY ?? adminKey, processes, dbUrl: url, roles, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
