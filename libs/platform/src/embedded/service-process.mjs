import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const READY_MS = 60_000;
const END_MS = 15_000;
const LAST_LINES = 20;
const RESPAWN_MS = 1_000;

/**
 * One service process. It reports over the IPC channel when it is ready, and ends by itself when this process is gone.
 *
 * @param name    as in the stack's `processes`
 * @param script  compiled entry file
 * @param env     complete environment
 * @param onLine  called with each line of its output
 * @param respawn start it again when it ends unasked
 */
export function serviceProcess({ name, script, env, onLine = () => {}, respawn = false }) {
  let child;
  let asked = false;
  let ended = Promise.resolve();

  const self = {
    name,
    url: undefined,
    get pid() {
      return child?.pid;
    },
    get running() {
      return child !== undefined;
    },

    /** Resolves when the process says that it is ready. */
    start(extraEnv = {}) {
      if (child) return Promise.reject(new Error(`${name} is running already`));
      asked = false;
      const last = [];
      const started = spawn(process.execPath, ['--enable-source-maps', script], {
        env: { ...env, ...extraEnv },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          last.push(line);
          if (last.length > LAST_LINES) last.shift();
          onLine(line, name);
        });
      }
      ended = new Promise((resolve) => {
        started.once('close', (code, signal) => {
          if (child === started) child = undefined;
          resolve({ code, signal });
        });
      });
      return new Promise((resolve, reject) => {
        const fail = (reason) => {
          clearTimeout(timer);
          reject(new Error(`${name} ${reason}\n${last.join('\n')}`));
        };
        const timer = setTimeout(() => {
          started.kill('SIGKILL');
          fail(`was not ready within ${READY_MS} ms`);
        }, READY_MS);
        started.once('error', (error) => fail(`could not be started: ${error.message}`));
        void ended.then(({ code, signal }) => fail(`ended before it was ready (${signal ?? `code ${code}`})`));
        started.on('message', (message) => {
          if (message?.type !== 'ready') return;
          clearTimeout(timer);
          self.url = message.url ?? self.url;
          if (respawn) void ended.then(again);
          resolve(self);
        });
      });
    },

    /** Sends a signal and waits for the end; a process that ignores a polite one is killed. */
    async kill(signal = 'SIGKILL') {
      asked = true;
      if (!child) return;
      const stopping = child;
      stopping.kill(signal);
      const timer = setTimeout(() => stopping.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(timer);
    },

    async restart(extraEnv = {}, signal = 'SIGTERM') {
      await self.kill(signal);
      return self.start(extraEnv);
    },

    /** Resolves with `{ code, signal }` at the end of the current run, e.g. after a fault the test has asked for. */
    ended: () => ended,
  };

  const again = async () => {
    if (asked) return;
    onLine(
      JSON.stringify({
        level: 40,
        time: new Date().toISOString(),
        service: name,
        msg: 'ended unasked, starting it again',
      }),
      name,
    );
    await new Promise((resolve) => setTimeout(resolve, RESPAWN_MS));
    if (!asked && !child) await self.start().catch(again);
  };
  return self;
}
