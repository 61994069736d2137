import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { createInterface } from 'node:readline';
import { EXIT_CONFIGURATION, StartFault } from './start-fault.mjs';

/** A start that takes longer is said, and said again; one that takes HUNG_MS is ended. */
const LATE_MS = 60_000;
const HUNG_MS = 300_000;
const END_MS = 15_000;
const LAST_LINES = 20;
const FATAL = 60;

function fatalText(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg } = JSON.parse(line);
    return level >= FATAL ? msg : undefined;
  } catch {
    return undefined;
  }
}

/** Calls `hung` once the process answers no more. Questions are counted, not time: a launcher that slept itself blames nobody. */
function watchAnswers(child, { everyMs, misses }, hung) {
  let unanswered = 0;
  child.on('message', (message) => {
    if (message?.type === 'pong') unanswered = 0;
  });
  const timer = setInterval(() => {
    if (unanswered >= misses) {
      clearInterval(timer);
      return hung();
    }
    unanswered += 1;
    // What cannot be asked any more has ended or is about to.
    child.send({ type: 'ping' }, () => {});
  }, everyMs);
  child.once('close', () => clearInterval(timer));
}

/**
 * One service process. It reports over the IPC channel when it is ready, and ends by itself when this process is gone.
 *
 * @param name    as in the stack's `processes`
 * @param script  compiled entry file
 * @param env     complete environment
 * @param onLine  called with each line of its output
 * @param say     (level, text) about the process
 * @param watch   `{ everyMs, misses }`: once it was ready it is asked so often, and killed as hung when it leaves so many questions in a row
 *   unanswered; default: it is not asked
 */
export function serviceProcess({ name, script, env, onLine = () => {}, say = () => {}, watch }) {
  let child;
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

    /**
     * Resolves when the process says that it is ready.
     *
     * @throws StartFault with its last words when it says that it cannot start as it is configured
     */
    start(extraEnv = {}) {
      if (child) return Promise.reject(new Error(`${name} is running already`));
      const last = [];
      let lastWords;
      // Warnings of Node go to the log (see runService). A group of its own: an interrupt typed at the terminal reaches the launcher only.
      const started = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', script], {
        env: { ...env, ...extraEnv },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: platform() !== 'win32',
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          last.push(line);
          if (last.length > LAST_LINES) last.shift();
          lastWords = fatalText(line) ?? lastWords;
          onLine(line, name);
        });
      }
      // A send to a process that has just died is no fault of this one.
      started.on('error', () => {});
      ended = new Promise((resolve) => {
        started.once('close', (code, signal) => {
          if (child === started) child = undefined;
          resolve({ code, signal });
        });
      });
      return new Promise((resolve, reject) => {
        const begun = Date.now();
        const late = setInterval(() => {
          const waited = Math.round((Date.now() - begun) / 1000);
          say(40, `${name} is not ready after ${waited} s, still waiting`);
          if (Date.now() - begun >= HUNG_MS) started.kill('SIGKILL');
        }, LATE_MS);
        const fail = (error) => {
          clearInterval(late);
          reject(error);
        };
        started.once('error', (error) => {
          if (child === started && started.pid === undefined) child = undefined;
          fail(new StartFault(`${name} could not be started: ${error.message}`));
        });
        void ended.then(({ code, signal }) => {
          if (code === EXIT_CONFIGURATION && lastWords) return fail(new StartFault(`${name} ${lastWords}`));
          const how = `ended before it was ready (${signal ?? `code ${code}`})`;
          fail(Object.assign(new Error(lastWords ? `${how}: ${lastWords}` : how), { output: last.join('\n') }));
        });
        started.on('message', (message) => {
          if (message?.type !== 'ready') return;
          clearInterval(late);
          if (watch) {
            watchAnswers(started, watch, () => {
              say(
                40,
                `${name} has not answered for ${Math.round((watch.everyMs * watch.misses) / 1000)} s and is killed`,
              );
              started.kill('SIGKILL');
            });
          }
          self.url = message.url ?? self.url;
          resolve(self);
        });
      });
    },

    /** Sends a signal and waits for the end; a process that ignores a polite one is killed. */
    async kill(signal = 'SIGKILL') {
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
  return self;
}
