import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort, until } from './ports.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { commandLine, isAlive } from './process-table.mjs';

const SUPERUSER = 'postgres';

function initialise(binaries, password) {
  const { clusterDir, prefix, spawnOptions, own } = binaries;
  const partial = `${clusterDir}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  own(partial);
  const passwordFile = join(spawnOptions.uid ? tmpdir() : dirname(clusterDir), `.pw-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile);
  const settings = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  const [command, ...args] = [...prefix, binaries.initdb, `--pgdata=${partial}`, ...settings];
  const locale = ['--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync'];
  const result = spawnSync(command, [...args, ...locale], { encoding: 'utf8', ...spawnOptions });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.stderr || result.error?.message}`);
  // A cluster exists only once it is complete, so an interrupted first start is simply repeated.
  renameSync(partial, clusterDir);
}

/** Ends a server that outlived its launcher, and removes a lock file whose process is not a server of this cluster. */
async function repairLock(clusterDir) {
  const lockFile = join(clusterDir, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  if (pid > 0 && isAlive(pid) && commandLine(pid)?.includes(clusterDir)) {
    process.kill(pid, 'SIGINT');
    await until(() => !isAlive(pid), { what: `the end of PostgreSQL process ${pid} left by an earlier run` });
  }
  rmSync(lockFile, { force: true });
}

function claim(dataDir) {
  const file = join(dataDir, 'launcher.pid');
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8'));
    const sameProgram = pid !== process.pid && pid > 0 && isAlive(pid) && commandLine(pid)?.includes('node');
    if (sameProgram) throw new Error(`the data directory ${dataDir} is in use by process ${pid}`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function superuserPassword(dataDir) {
  const file = join(dataDir, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8');
}

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

/**
 * Starts a real PostgreSQL from the npm binaries. The cluster is created at the first start and kept; a lock left by a crash is repaired.
 *
 * @param dataDir  folder of the cluster, its password and its log; one launcher at a time
 * @param port     default: a free one
 * @param durable  false only for throw-away test data: no fsync
 * @param isolation see postgresBinaries
 * @returns {{ url: string, port: number, pid: number, stop(): Promise<void> }} url of the superuser, database `postgres`
 */
export async function startEmbeddedPostgres({ dataDir, port, durable = true, isolation = 'auto' }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const release = claim(dataDir);
  const binaries = await postgresBinaries(dataDir, { isolation });
  const { clusterDir, prefix, spawnOptions } = binaries;
  const password = superuserPassword(dataDir);
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) initialise(binaries, password);
  await repairLock(clusterDir);

  const usedPort = port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    port: usedPort,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '64MB',
    dynamic_shared_memory_type: 'mmap',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...args] = [...prefix, binaries.postgres, '-D', clusterDir, ...flags];
  const logFile = join(dataDir, 'postgres.log');
  const log = openSync(logFile, 'a');
  // Its own process group: an interrupt typed at the terminal must reach the services first, and PostgreSQL last.
  const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, ...spawnOptions });
  closeSync(log);
  let exit;
  child.once('error', (error) => (exit = `PostgreSQL could not be started: ${error.message}`));
  child.once('exit', (code) => (exit = `PostgreSQL ended with code ${code}, see ${logFile}`));
  child.unref();

  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${usedPort}/postgres`;
  try {
    await until(() => accepts(url), { what: 'the start of PostgreSQL', timeoutMs: 60_000, abort: () => exit });
  } catch (error) {
    child.kill('SIGQUIT');
    release();
    throw error;
  }
  const stop = async () => {
    if (exit === undefined) {
      child.kill('SIGINT');
      await until(() => exit !== undefined, { what: 'the end of PostgreSQL', timeoutMs: 20_000 }).catch(() =>
        child.kill('SIGQUIT'),
      );
    }
    release();
  };
  return { url, port: usedPort, pid: child.pid, stop };
}
