import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What decides a verdict: all that is computed between the bars and the gates. */
const JUDGING = ['quant', 'primitives', 'contracts', 'domain', 'calendars', 'pipeline'];
const CODE = /\.(?:js|ts|wasm|json)$/;
const TESTS = /\.spec\.|\.d\.ts$|\/fixtures\//;
/** The hash itself, where a build has written it. */
export const HASH_FILE = 'judging-code.json';

/** SHA-256 over the names and the bytes of the files below `libs` that judge. The build asks it of the sources, so it needs nothing else of them. */
export function hashOfCode(libs: string): string {
  const hash = createHash('sha256');
  const paths = JUDGING.flatMap((lib) => [...filesUnder(join(libs, lib))]);
  const named = paths.map((path): [name: string, path: string] => [relative(libs, path).replaceAll('\\', '/'), path]);
  for (const [name, path] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = createHash('sha256').update(readFileSync(path)).digest('hex');
    hash.update(`${name} ${own}\n`);
  }
  return hash.digest('hex');
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (CODE.test(path) && !TESTS.test(path) && entry.name !== HASH_FILE) yield path;
  }
}
