// The browser app into dist/web, with the size of what the first visit loads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { bootstrap, root } from './bootstrap.mjs';
import { webTypes } from './web-types.mjs';

const OUT = join(root, 'dist', 'web');
/** Bytes of JavaScript, compressed, that the first visit may load; charts and editors come when a page asks for them. */
const BUDGET = 250_000;

const compressed = (file) => gzipSync(readFileSync(join(OUT, file))).length;

/** Bytes, compressed, of the entry with everything it imports at once. */
export function initialSize(manifest) {
  const entry = Object.values(manifest).find((chunk) => chunk.isEntry);
  const seen = new Set();
  const styles = new Set();
  const visit = (chunk) => {
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const style of chunk.css ?? []) styles.add(style);
    for (const name of chunk.imports ?? []) visit(manifest[name]);
  };
  visit(entry);
  const sum = (files) => [...files].reduce((total, file) => total + compressed(file), 0);
  return { scripts: sum(seen), styles: sum(styles) };
}

export async function buildWeb({ logLevel = 'warn' } = {}) {
  await webTypes();
  const started = Date.now();
  const { NODE_ENV: before } = process.env;
  // a build that a test starts (NODE_ENV=test) would have React for development: slower, and 70 kB more
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(root, 'apps', 'web', 'vite.config.mjs'), logLevel });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  const manifest = JSON.parse(readFileSync(join(OUT, '.vite', 'manifest.json'), 'utf8'));
  const { scripts, styles } = initialSize(manifest);
  const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `web: built in ${((Date.now() - started) / 1000).toFixed(1)} s; the first visit loads ${kB(scripts)} of JavaScript and ${kB(styles)} of styles (gzip; at most ${kB(BUDGET)} of JavaScript)`,
  );
  if (scripts > BUDGET)
    throw new Error(
      `the first visit loads ${kB(scripts)} of JavaScript, at most ${kB(BUDGET)}: load what not every page needs with import()`,
    );
}

if (process.argv[1] && import.meta.url === `file://${process.argv[1]}`) {
  await bootstrap();
  // with the stamp and the compressed files that a start looks for, so that it does not build them again
  const { buildPages } = await import('./pages.mjs');
  await buildPages(buildWeb);
}
