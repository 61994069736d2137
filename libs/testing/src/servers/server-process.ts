import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BINARIES = { nats: 'nats-server', redis: 'redis-server' } as const;
export type ServerKind = keyof typeof BINARIES;

/** Where a server's program is, or undefined: the tests that need it are then skipped by name. */
export function serverBinary(kind: ServerKind): string | undefined {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(dir, BINARIES[kind]);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });

export interface OwnServer {
  url: string;
  /** On the same port, with the same data. */
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A server process of the test's own on a free port, so that it may be stopped in mid-flow. Redis keeps nothing on disk. */
export async function startServer(kind: ServerKind, { dir, port }: { dir: string; port?: number }): Promise<OwnServer> {
  const binary = serverBinary(kind);
  if (!binary) throw new Error(`${BINARIES[kind]} is not in PATH`);
  mkdirSync(dir, { recursive: true });
  const used = port ?? (await freePort());
  const args =
    kind === 'nats'
      ? ['--addr', '127.0.0.1', '--port', String(used), '--jetstream', '--store_dir', dir]
      : ['--bind', '127.0.0.1', '--port', String(used), '--save', '', '--appendonly', 'no', '--dir', dir];
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(binary, args, { stdio: 'ignore' });
    const started = child;
    while (!(await answers(used))) {
      if (started.exitCode !== null) throw new Error(`${BINARIES[kind]} ended with code ${started.exitCode}`);
      await sleep(20);
    }
  };
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  };
  await start();
  return { url: `${kind}://127.0.0.1:${used}`, start, stop };
}
