// The built pages: made when they are missing or their sources have changed, and compressed beside themselves.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './bootstrap.mjs';

const SOURCE = join(root, 'apps', 'web');
const OUT = join(root, 'dist', 'web');
const STAMP = join(OUT, '.built-from');
/** Holds the process that builds; beside the folder, which a build empties. */
const LOCK = join(root, 'dist', '.web-building');
const LOOK_AGAIN_MS = 200;
/** Other parts of the folder, and what is made of the API documents. */
const NOT_SOURCE = new Set(['server', 'test', 'generated', 'node_modules']);
const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|webmanifest)$/;
/** Smaller files gain nothing. */
const LEAST_BYTES = 1024;

function* filesOf(folder, skipped = new Set()) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(path, skipped);
    else yield path;
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  const built = ['package-lock.json', 'scripts/build-web.mjs', 'scripts/pages.mjs'].map((file) => join(root, file));
  for (const file of [...filesOf(SOURCE, NOT_SOURCE), ...filesOf(join(root, 'docs', 'openapi')), ...built]) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Once for all visitors; what the first one would wait for is done before. */
function compress() {
  for (const file of filesOf(OUT)) {
    if (!COMPRESSIBLE.test(file) || file.includes(`${OUT}/.`) || file === join(OUT, 'index.html')) continue;
    const bytes = readFileSync(file);
    if (bytes.length < LEAST_BYTES) continue;
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
    );
  }
}

const isBuiltFrom = (wanted) => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether this process may build; a lock whose process has ended is taken away. */
function takesLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    // an empty lock has just been made
    if (pid > 0 && !isAlive(pid)) rmSync(LOCK, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

/** Waits until this process may build and does, as long as that is wanted: another process may have built meanwhile. */
async function underLock(isWanted, work) {
  while (isWanted()) {
    if (!takesLock()) {
      await sleep(LOOK_AGAIN_MS);
      continue;
    }
    try {
      if (isWanted()) await work();
      return;
    } finally {
      rmSync(LOCK, { force: true });
    }
  }
}

/** The stamp is of the sources as they were before: what is changed while it builds is built again. */
async function buildAndStamp(buildWeb) {
  const from = fingerprint();
  await buildWeb();
  compress();
  writeFileSync(STAMP, from);
}

/** Builds the pages with what is given, whatever they were built from. */
export const buildPages = (buildWeb) =>
  underLock(
    () => true,
    () => buildAndStamp(buildWeb),
  );

/** Builds the pages where they are not what their sources would give; one process at a time, the others wait for it. */
export async function ensurePages({ log = console.log } = {}) {
  if (!existsSync(join(SOURCE, 'index.html'))) return;
  const wanted = fingerprint();
  const started = Date.now();
  await underLock(
    () => !isBuiltFrom(wanted),
    async () => {
      log('Building the pages (once, some seconds) ...');
      const { buildWeb } = await import(pathToFileURL(join(root, 'scripts', 'build-web.mjs')).href);
      await buildAndStamp(buildWeb);
      log(`Building the pages done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    },
  );
}

if (process.argv[1] && import.meta.url === `file://${process.argv[1]}`) await ensurePages();
