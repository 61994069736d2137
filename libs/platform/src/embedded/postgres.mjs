import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { claim, writableDirectory } from './claim.mjs';
import { ensureCluster, SUPERUSER, superuserPassword, vacate } from './cluster.mjs';
import { freePort, until } from './ports.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { supervise } from './supervise.mjs';

const NAME = 'PostgreSQL';
/** After a crash the server first replays its log, which may take long; it answers only then. */
const READY_MS = 300_000;
const END_MS = 20_000;

async function accepts(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function settingsOf(port, durable) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '64MB',
    dynamic_shared_memory_type: 'mmap',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Starts a real PostgreSQL from the npm binaries. The cluster is created at the first start and kept; what a crash left is repaired.
 *
 * @param dataDir  folder of the cluster, its password and its log; one launcher at a time
 * @param port     default: a free one
 * @param durable  false only for throw-away test data: no fsync
 * @param isolation see postgresBinaries
 * @param supervised start it again, on the same port, whenever it ends unasked
 * @param say      (level, text) of what supervision does
 * @param signal   aborted: the start is given up
 * @param claimed  (tookOver) awaited once the folder is this launcher's; tookOver: an earlier launcher was killed here
 * @returns {{ url, port, pid, up, stop() }} url of the superuser, database `postgres`; up: it accepts connections at this moment
 */
export async function startEmbeddedPostgres({
  dataDir,
  port,
  durable = true,
  isolation = 'auto',
  supervised = false,
  say = () => {},
  signal,
  claimed = () => Promise.resolve(),
}) {
  writableDirectory(dataDir);
  const { tookOver, release } = claim(dataDir);
  const stopping = new AbortController();
  const giveUp = () => stopping.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();

  let child;
  let up = false;
  // Whatever ends this process without a stop: the server must not stay behind.
  const onExit = () => child?.kill('SIGINT');
  process.once('exit', onExit);
  const stop = async () => {
    stopping.abort();
    if (child) {
      child.kill('SIGINT');
      await until(() => child === undefined, { what: `the end of ${NAME}`, timeoutMs: END_MS }).catch(() =>
        child?.kill('SIGQUIT'),
      );
    }
    process.off('exit', onExit);
    signal?.removeEventListener('abort', giveUp);
    release();
  };

  try {
    await claimed(tookOver);
    const binaries = await postgresBinaries(dataDir, { isolation });
    const { clusterDir, prefix, spawnOptions } = binaries;
    const password = superuserPassword(dataDir);
    await ensureCluster(binaries, password, stopping.signal);
    const usedPort = port ?? (await freePort());
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${usedPort}/postgres`;
    const [command, ...args] = [...prefix, binaries.postgres, '-D', clusterDir, ...settingsOf(usedPort, durable)];
    const logFile = join(dataDir, 'postgres.log');

    const start = async () => {
      await vacate(clusterDir);
      if (stopping.signal.aborted) throw new Error('the start was given up');
      const log = openSync(logFile, 'a');
      // Its own process group: an interrupt typed at the terminal must reach the services first, and PostgreSQL last.
      const started = spawn(command, args, { stdio: ['ignore', log, log], detached: true, ...spawnOptions });
      closeSync(log);
      child = started;
      started.unref();
      let over;
      const ended = new Promise((resolve) => {
        const end = (facts) => {
          up = false;
          if (child === started) child = undefined;
          over = facts;
          resolve(facts);
        };
        started.once('error', (error) => end({ code: error.message }));
        started.once('exit', (code, killedBy) => end({ code, signal: killedBy }));
      });
      const reason = () => {
        if (over) return `ended before it was ready (${over.signal ?? `code ${over.code}`}), see ${logFile}`;
        return stopping.signal.aborted ? 'was given up' : undefined;
      };
      await until(() => accepts(url), { what: 'an answer', timeoutMs: READY_MS, abort: reason }).catch(() => {
        started.kill('SIGQUIT');
        throw new Error(reason() ?? `did not answer within ${READY_MS / 1000} s, see ${logFile}`);
      });
      up = true;
      return { ended };
    };

    if (supervised) await supervise({ name: NAME, start, say, signal: stopping.signal });
    else
      await start().catch((error) => {
        throw new Error(`${NAME} ${error.message}`);
      });
    return {
      url,
      port: usedPort,
      get pid() {
        return child?.pid;
      },
      get up() {
        return up;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
