// Compiles apps/, libs/ and scripts/ (TypeScript) to dist/ with swc; only what changed is touched.
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const { root, swcOptions } = require('./swc-options.cjs');
/** The browser's part of apps/web is built by build-web.mjs, into dist/web. */
const SOURCES = ['apps', 'libs', 'scripts', 'docs/openapi'];
const OF_BROWSER = ['apps/web', 'dist/web'].map((path) => join(root, path));
const isServed = (path) => !OF_BROWSER.includes(dirname(path)) || path === join(root, 'apps/web/server');
const ASSETS = /\.(sql|json|wasm|csv)$/;
const SKIP_DIRS = new Set(['node_modules', 'dist', 'assembly']);

function* walk(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (!isServed(path)) continue;
    if (entry.isDirectory()) {
      if (!SKIP_DIRS.has(entry.name)) yield* walk(path);
    } else yield path;
  }
}

const target = (source) => join(root, 'dist', relative(root, source)).replace(/\.ts$/, '.js');
/** An output carries the time of the source it was made from, so an edit during a build is never taken for built. */
const isCurrent = (mtimeMs, output) => existsSync(output) && Math.abs(statSync(output).mtimeMs - mtimeMs) < 1;

/** Compiler options are part of every output: when they change, everything is made anew. */
function discardOnNewOptions() {
  const stamp = join(root, 'dist', '.options');
  const hash = createHash('sha256');
  for (const file of ['tsconfig.base.json', 'scripts/swc-options.cjs']) hash.update(readFileSync(join(root, file)));
  const options = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === options) return stamp;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'));
  writeFileSync(stamp, options);
  return stamp;
}

/** What the running code says of its version in evidence: the hash of the sources that judge. Returns the file. */
function writeJudgingCode() {
  const folder = join(root, 'dist/libs/pipeline/src/evidence');
  const { HASH_FILE, hashOfCode } = require(join(folder, 'hash-of-code.js'));
  const output = join(folder, HASH_FILE);
  const text = JSON.stringify({ sha256: hashOfCode(join(root, 'libs')) });
  if (!existsSync(output) || readFileSync(output, 'utf8') !== text) writeFileSync(output, text);
  return output;
}

/** Builds everything that changed and removes outputs whose source is gone. Returns the number of files written. */
export async function build({ log = console.log } = {}) {
  const swc = require('@swc/core');
  const stamp = discardOnNewOptions();
  const wanted = new Set([stamp]);
  const compile = [];
  let written = 0;
  for (const source of SOURCES.flatMap((dir) => (existsSync(join(root, dir)) ? [...walk(join(root, dir))] : []))) {
    const isCode = source.endsWith('.ts') && !source.endsWith('.d.ts') && !source.endsWith('.spec.ts');
    if (!isCode && !ASSETS.test(source)) continue;
    const output = target(source);
    wanted.add(output);
    const { mtimeMs, mtime } = statSync(source);
    if (isCurrent(mtimeMs, output)) continue;
    mkdirSync(dirname(output), { recursive: true });
    written += 1;
    if (isCode) compile.push([source, output, mtime]);
    else {
      copyFileSync(source, output);
      utimesSync(output, mtime, mtime);
    }
  }
  await Promise.all(
    compile.map(async ([source, output, mtime]) => {
      const { code, map } = await swc.transformFile(source, {
        ...swcOptions,
        filename: source,
        sourceFileName: source,
      });
      writeFileSync(output, `${code}\n//# sourceMappingURL=${output.split('/').pop()}.map\n`);
      writeFileSync(`${output}.map`, map);
      utimesSync(output, mtime, mtime);
    }),
  );
  wanted.add(writeJudgingCode());
  if (existsSync(join(root, 'dist'))) {
    for (const output of walk(join(root, 'dist'))) {
      if (!output.endsWith('.map') && !wanted.has(output)) rmSync(output);
    }
  }
  if (written > 0) log(`build: ${written} files`);
  return written;
}

if (process.argv[1] && import.meta.url === `file://${process.argv[1]}`) await build();
