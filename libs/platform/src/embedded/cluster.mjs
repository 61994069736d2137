import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { until } from './ports.mjs';
import { commandLine, isAlive, processesIn } from './process-table.mjs';

export const SUPERUSER = 'postgres';
const POLITE_MS = 30_000;
const IMMEDIATE_MS = 5_000;
/** Sessions of a killed server end by themselves as soon as they notice. */
const NOTICE_MS = 2_000;

/** Password of the superuser, made at the first start and readable by its owner only. */
export function superuserPassword(dataDir) {
  const file = join(dataDir, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8');
}

function run(command, args, options, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let text = '';
    child.stderr.on('data', (chunk) => (text += chunk));
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else reject(new Error(text.trim() || `ended with code ${code}`));
    });
  });
}

/** Makes the cluster where there is none. It exists only once it is complete, so an interrupted first start is simply repeated. */
export async function ensureCluster(binaries, password, signal) {
  const { clusterDir, prefix, spawnOptions, own } = binaries;
  if (existsSync(join(clusterDir, 'PG_VERSION'))) return;
  const partial = `${clusterDir}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  own(partial);
  const passwordFile = join(spawnOptions.uid ? tmpdir() : dirname(clusterDir), `.pw-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile);
  const settings = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  const locale = ['--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync'];
  const [command, ...args] = [...prefix, binaries.initdb, `--pgdata=${partial}`, ...settings, ...locale];
  try {
    await run(command, args, spawnOptions, signal);
  } catch (error) {
    throw new Error(`the database could not be created: ${error.message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, clusterDir);
}

const send = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

const within = (probe, timeoutMs) =>
  until(probe, { what: 'the end of a process', timeoutMs }).then(
    () => true,
    () => false,
  );

/** Ends one process: politely where `first` is, then at once, then by force. */
async function end(pid, first) {
  const steps = [
    [first, first === 'SIGINT' ? POLITE_MS : IMMEDIATE_MS],
    ['SIGQUIT', IMMEDIATE_MS],
    ['SIGKILL', IMMEDIATE_MS],
  ];
  for (const [signal, waitMs] of steps) {
    send(pid, signal);
    if (await within(() => !isAlive(pid), waitMs)) return;
  }
  throw new Error(`PostgreSQL process ${pid} of an earlier run does not end`);
}

/**
 * Leaves nobody in the cluster: a server that outlived its launcher is stopped, the sessions of a server that was killed are ended.
 * A new server must never share the files with either. A lock whose process is another program by now is removed; every other stale
 * lock is left to PostgreSQL, which also looks whether its shared memory is still in use.
 */
export async function vacate(clusterDir) {
  const lockFile = join(clusterDir, 'postmaster.pid');
  if (existsSync(lockFile)) {
    const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
    if (pid > 0 && isAlive(pid)) {
      if (commandLine(pid)?.includes(clusterDir)) await end(pid, 'SIGINT');
      else rmSync(lockFile, { force: true });
    }
  }
  const sessions = () => processesIn(clusterDir, 'postgres');
  if (await within(() => sessions().length === 0, NOTICE_MS)) return;
  await Promise.all(sessions().map((pid) => end(pid, 'SIGQUIT')));
}
