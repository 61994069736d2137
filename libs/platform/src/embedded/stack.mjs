import { createWriteStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writableDirectory } from './claim.mjs';
import { migrate } from './migration.mjs';
import { until } from './ports.mjs';
import { startEmbeddedPostgres } from './postgres.mjs';
import { removeTraces } from './remove-traces.mjs';
import { makeSignInLink } from './sign-in-link.mjs';
import { checkPorts, choosePorts } from './service-ports.mjs';
import { serviceProcess } from './service-process.mjs';
import { StartFault } from './start-fault.mjs';
import { supervise } from './supervise.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const DATABASE = 'assay';
/** Services whose launcher was killed end within this time and give their ports back. */
const LEFT_OVER_MS = 20_000;
/** A process that leaves so many in a row unanswered is hung. */
const QUESTIONS = 6;

const SCRIPTS = {
  research: 'apps/research/src/main.js',
  researchWorker: 'apps/research/src/worker.js',
  trade: 'apps/trade/src/main.js',
  tradeWorker: 'apps/trade/src/worker.js',
  portfolio: 'apps/portfolio/src/main.js',
  web: 'apps/web/server/main.js',
};
const PREFIXES = { research: '/api', trade: '/api/v1', portfolio: '', web: '' };

/** The same server and user, another database. */
function withDatabase(url, database) {
  const changed = new URL(url);
  if (database) changed.pathname = `/${database}`;
  return changed.href;
}

/** The services' own rules, before any of them is started. @throws StartFault */
function checkEnvironment(env) {
  const require = createRequire(import.meta.url);
  const { databaseSettings } = require(join(ROOT, 'dist/libs/persistence/src/database/database-settings.js'));
  const { loadConfig } = require(join(ROOT, 'dist/libs/platform/src/config/app-config.js'));
  try {
    databaseSettings(env);
    return loadConfig(env);
  } catch (error) {
    throw new StartFault(error.message);
  }
}

/** Names that keep two installations apart on the same servers. */
const namespaceEnvironment = (namespace) =>
  namespace ? { ASSAY_ROLE_PREFIX: `${namespace}_`, ASSAY_KEY_PREFIX: namespace, ASSAY_STREAM_PREFIX: namespace } : {};

function openLog(logFile, onLog) {
  const file = logFile ? createWriteStream(logFile, { flags: 'a', mode: 0o600 }) : undefined;
  let open = file !== undefined;
  // A full disk must not end the launcher.
  file?.on('error', () => (open = false));
  const onLine = (line, name) => {
    if (open) file.write(`${line}\n`);
    onLog(line, name);
  };
  const say = (level, msg) =>
    onLine(JSON.stringify({ level, time: new Date().toISOString(), service: 'launcher', msg }), 'launcher');
  const close = () => new Promise((done) => (open ? file.end(done) : done()));
  return { onLine, say, close };
}

/**
 * Starts the whole product from `dist/`: an embedded PostgreSQL where no database is given, a one-shot migration, then the six processes.
 * With `redisUrl` or `natsUrl` the same processes use those instead of PostgreSQL, each on its own.
 *
 * @param dataDir  everything that is kept: cluster, secret, artifacts
 * @param dbUrl    postgres URL; its database is created where it is missing. `sqlite:` and undefined mean embedded
 * @param database name of the database; default: the one in `dbUrl`, or `assay` on the embedded server
 * @param namespace prefix of roles, queue keys and streams on given servers
 * @param dropDatabase start from nothing, and leave nothing on given servers: for demonstrations and tests
 * @param ports    `{ research, trade, portfolio, web }`, `'preferred'` (the usual ones if they are free) or `'free'`
 * @param env      more environment for every process (it wins)
 * @param logFile  all output goes there; `onLog(line, process)` also gets it
 * @param processes names of the processes to start, default all
 * @param supervised start whatever ends unasked again: the embedded PostgreSQL and every process, those that hang too, also while the stack is starting
 * @param signal   aborted: the start is given up and everything that runs already is ended
 * @returns {{ urls, adminKey, processes, postgres, dbUrl, roles, signInLink(), stop() }} signInLink: makes a link that signs the
 *   administrator in once, within 15 minutes; adminKey: ASSAY_BOOTSTRAP_KEY, or the key generated at this
 *   start, else undefined; postgres: the embedded server, else undefined
 * @throws StartFault where repeating would not help: one line that says what to do
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
  supervised = false,
  signal,
}) {
  const script = join(ROOT, 'dist/libs/platform/src/migrate/main.js');
  if (!existsSync(script)) throw new StartFault('dist/ is missing: run npm run bootstrap');
  const home = resolve(dataDir);
  writableDirectory(home);
  const ownNames = namespaceEnvironment(namespace);
  const chosen = await choosePorts(ports);
  const given = dbUrl && !dbUrl.startsWith('sqlite:') ? dbUrl : undefined;
  const environment = {
    ...process.env,
    DB_URL: given ?? 'postgres://127.0.0.1/',
    REDIS_URL: redisUrl ?? '',
    NATS_URL: natsUrl ?? '',
    ASSAY_DATA_DIR: home,
    RESEARCH_PORT: String(chosen.research),
    TRADE_PORT: String(chosen.trade),
    PORTFOLIO_PORT: String(chosen.portfolio),
    WEB_PORT: String(chosen.web),
    ...ownNames,
    ...env,
  };
  const { host, ports: used, watchMs } = checkEnvironment(environment);

  const { onLine, say, close } = openLog(logFile, onLog);
  const stopping = new AbortController();
  const giveUp = () => stopping.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  const started = [];
  let postgres;
  let traces;
  const stop = async () => {
    stopping.abort();
    signal?.removeEventListener('abort', giveUp);
    await Promise.all(started.map((process) => process.kill('SIGTERM')));
    if (dropDatabase && traces) {
      await removeTraces(traces).catch((error) => onLine(`clean-up: ${error.message}`, 'stack'));
    }
    await postgres?.stop();
    await close();
  };
  try {
    const claimed = (tookOver) =>
      checkPorts(host, used, { patienceMs: tookOver ? LEFT_OVER_MS : 0, signal: stopping.signal });
    if (given) await claimed(false);
    else {
      const dir = join(home, 'postgres');
      postgres = await startEmbeddedPostgres({ dataDir: dir, supervised, say, signal: stopping.signal, claimed });
    }
    const url = withDatabase(given ?? postgres.url, database ?? (given ? undefined : DATABASE));
    environment.DB_URL = env.DB_URL ?? url;
    const databaseThere = async () => {
      const abort = () => (stopping.signal.aborted ? 'the start was given up' : undefined);
      if (postgres && supervised) await until(() => postgres.up, { what: 'the database', timeoutMs: Infinity, abort });
    };
    traces = { dbUrl: given && url, redisUrl, natsUrl, names: { ...process.env, ...ownNames, ...env } };
    if (dropDatabase) await removeTraces({ ...traces, dbUrl: url });
    const { adminKey, ...facts } = await migrate({
      script,
      env: environment,
      before: databaseThere,
      say,
      signal: stopping.signal,
    });
    const { applied } = facts;
    const steps = applied.length === 1 ? applied[0] : `${applied.length} steps, ${applied[0]} to ${applied.at(-1)}`;
    if (applied.length > 0) say(30, `database migrated: ${steps}`);
    const processes = {};
    for (const name of names) {
      const service = serviceProcess({
        name,
        script: join(ROOT, 'dist', SCRIPTS[name]),
        env: environment,
        onLine,
        say,
        watch: supervised ? { everyMs: watchMs / QUESTIONS, misses: QUESTIONS } : undefined,
      });
      processes[name] = service;
      started.push(service);
    }
    const ready = started.map((service) => {
      if (!supervised) return service.start();
      const start = () => service.start().then(() => ({ ended: service.ended() }));
      return supervise({ name: service.name, start, before: databaseThere, say, signal: stopping.signal });
    });
    const givenUp = new Promise((_, reject) => {
      const refuse = () => reject(new Error('the start was given up'));
      if (stopping.signal.aborted) refuse();
      stopping.signal.addEventListener('abort', refuse, { once: true });
    });
    // Those still starting are ended by the stop.
    await Promise.race([Promise.all(ready), givenUp]);
    const urls = Object.fromEntries(
      Object.entries(PREFIXES).map(([name, prefix]) => [name, `http://${host}:${used[name]}${prefix}`]),
    );
    const key = environment.ASSAY_BOOTSTRAP_KEY ?? adminKey;
    const signInLink = () => makeSignInLink({ env: environment, web: urls.web });
    return { urls, adminKey: key, processes, postgres, dbUrl: url, roles: facts.roles, signInLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
