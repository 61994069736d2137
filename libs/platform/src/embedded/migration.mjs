import { spawn } from 'node:child_process';
import { EXIT_UNAVAILABLE, StartFault } from './start-fault.mjs';
import { pause, waitMs } from './supervise.mjs';

const ATTEMPTS = 5;

function runOnce(script, env, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', script], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve({ code, killedBy, out: out.trim(), err: err.trim() }));
  });
}

/**
 * Brings the database to the newest schema. A run that was killed or had no database is repeated, since each migration is a transaction.
 *
 * @param before awaited before each run
 * @returns {{ adminKey?, ...facts }} what the migration said; the key never reaches a log
 * @throws StartFault with its reason
 */
export async function migrate({ script, env, before, say, signal }) {
  for (let attempt = 1; ; attempt += 1) {
    await before();
    const { code, killedBy, out, err } = await runOnce(script, env, signal);
    if (code === 0) {
      const { admin_key: adminKey, ...facts } = JSON.parse(out.split('\n').at(-1));
      return { ...facts, adminKey };
    }
    const reason = killedBy ? `was ended by ${killedBy}` : err || `ended with code ${code}`;
    const again = (killedBy || code === EXIT_UNAVAILABLE) && attempt < ATTEMPTS;
    if (!again || signal.aborted) throw new StartFault(`the migration of the database failed: ${reason}`);
    say(40, `the migration of the database ${reason}; it is repeated in ${waitMs(attempt) / 1000} s`);
    await pause(waitMs(attempt), signal);
  }
}
