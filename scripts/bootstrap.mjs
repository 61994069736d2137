// Brings a clone to a runnable state: checks Node, installs what the lock file says, builds. Node built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM = [20, 19];
const stampPath = join(root, 'node_modules', '.assay-install');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  console.error(
    `Node must be at least ${MINIMUM.join('.')}, was ${process.versions.node}. Install a newer Node and run the same command again.`,
  );
  process.exit(1);
}

const lockFingerprint = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');

/** Seconds spent so far, printed while a silent child runs, so that nobody wonders whether it hangs. */
function run(label, command, args) {
  const started = Date.now();
  console.log(`${label} ...`);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'development', npm_config_update_notifier: 'false' },
  });
  if (result.status !== 0) {
    console.error(
      `${label} failed (${command} ${args.join(' ')}, exit ${result.status ?? result.signal}). The lines above say why; mend that and run the same command again.`,
    );
    process.exit(result.status ?? 1);
  }
  console.log(`${label} done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Packages that several working trees share lie in one of them; an installation through a link would empty its folder for all. */
const isLinked = () => lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

function install() {
  if (isLinked()) return;
  const fingerprint = lockFingerprint();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === fingerprint) return;
  run('Installing packages (once, about a minute)', 'npm', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  writeFileSync(stampPath, fingerprint);
}

/** `npx assay` finds the command line tool in node_modules/.bin. */
function linkCommand() {
  const link = join(root, 'node_modules', '.bin', 'assay');
  if (process.platform === 'win32' || existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'apps', 'cli', 'bin', 'assay.mjs'), link);
}

/** Installs and builds what is missing; a second call takes a fraction of a second. */
export async function bootstrap() {
  checkNode();
  install();
  linkCommand();
  const { build } = await import(pathToFileURL(join(root, 'scripts', 'build.mjs')).href);
  const started = Date.now();
  const written = await build({ log: () => {} });
  if (written > 0) console.log(`Built ${written} files in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await bootstrap();
