import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const SCRIPT = join(ROOT, 'dist/libs/platform/src/migrate/sign-in-link.js');

/** A link that signs the administrator in once. It reaches the caller alone, no log. */
export async function makeSignInLink({ env, web }) {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', SCRIPT], {
    env: { ...env, WEB_URL: web },
  });
  return stdout.trim();
}
