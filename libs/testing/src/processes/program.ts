import type { ChildProcess } from 'node:child_process';
import { execFileSync, fork, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program of the repository in a process of its own. */
export interface Program {
  child: ChildProcess;
  /** When it has ended and everything that it wrote is read. */
  ended: Promise<Ended>;
  /** Resolves when it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface WrittenProgram extends Program {
  /** What it has written so far, and what of it to stderr. */
  output(): string;
  errors(): string;
}

/** A service or worker. */
export interface ServiceProgram extends Program {
  /** False where it ended before. */
  isReady: boolean;
}

function programOf(child: ChildProcess): Program {
  const ended = new Promise<Ended>((done) => child.once('close', (code, signal) => done({ code, signal })));
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { child, ended, kill };
}

/** Runs a script as a user does, in an environment that is `env` alone; `onOutput` sees what it has written so far. */
export function launch(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onOutput: (text: string) => void = () => undefined,
): WrittenProgram {
  const child = spawn(process.execPath, [resolve(ROOT, script), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { output: '', errors: '' };
  const read = (chunk: Buffer): void => {
    written.output += chunk.toString();
    onOutput(written.output);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', (chunk: Buffer) => {
    written.errors += chunk.toString();
    read(chunk);
  });
  return { ...programOf(child), output: () => written.output, errors: () => written.errors };
}

/** Brings dist/ up to date: services run as they do in production. */
export const buildOnce = (): void => {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });
};

/**
 * Starts a built service or worker, `apps/trade/src/worker` for one, Node run with `execArgv`; resolves when it is ready or has ended.
 */
export function startService(
  entry: string,
  env: Record<string, string>,
  execArgv: string[] = [],
): Promise<ServiceProgram> {
  const child = fork(resolve(ROOT, 'dist', `${entry}.js`), [], {
    env: { ...process.env, ...env },
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const program = programOf(child);
  return new Promise((started) => {
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') started({ ...program, isReady: true });
    });
    void program.ended.then(() => started({ ...program, isReady: false }));
  });
}
