import { execFileSync, fork } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Brings dist/ up to date: the worker runs as it does in production. */
export const buildOnce = (): void => {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });
};

export interface WorkerProcess {
  pid: number;
  ended: Promise<NodeJS.Signals | null>;
  kill(): Promise<void>;
}

/** A research worker in a process of its own; resolves when it is ready. */
export async function startWorkerProcess(env: Record<string, string>): Promise<WorkerProcess> {
  const child = fork(resolve(ROOT, 'dist/apps/research/src/worker.js'), [], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, signal) => done(signal)));
  const ready = new Promise<void>((resolveReady) => {
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') resolveReady();
    });
  });
  const died = ended.then(() => Promise.reject(new Error('the worker ended before it was ready')));
  await Promise.race([ready, died]);
  died.catch(() => undefined);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { pid: child.pid!, ended, kill };
}
