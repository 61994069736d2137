import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDLE_ACTIONS, IMPORT_WARNINGS, QUALITY_FINDINGS, RESAMPLE_NOTES, WARNINGS } from '@assay/contracts';
import { warningsDocument } from './warnings';

const ROOT = join(__dirname, '..', '..');
const LISTED = Object.keys({
  ...WARNINGS,
  ...IMPORT_WARNINGS,
  ...QUALITY_FINDINGS,
  ...RESAMPLE_NOTES,
  ...IDLE_ACTIONS,
});
/** Where `code` names what came of an order, or how a file was read, which are no warnings. */
const OTHERS =
  /^(apps\/trade\/src\/execution|libs\/domain\/src\/risk|libs\/market-data\/src\/files|libs\/market-data\/src\/trades)\//;
/** apps/web/src shows codes of the services and has none of its own. */
const NO_SOURCE = /\.spec\.ts$|\/test\/|\/fixtures\/|^libs\/testing\/|^libs\/contracts\/|^apps\/web\/src\//;

const sources = ['apps', 'libs']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts') && !NO_SOURCE.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Codes in small letters of `code: 'x'` and `code: is ? 'x' : 'y'`. */
function codesIn(text: string): string[] {
  const places = text.match(/\bcode: [^,;}\n]*/g) ?? [];
  return places.flatMap((place) => [...place.matchAll(/'([a-z_]+)'/g)].map(([, code]) => code!));
}

describe('warning codes', () => {
  it('that the code uses are all listed in contracts', () => {
    const used = sources.filter(({ path }) => !OTHERS.test(path)).flatMap(({ text }) => codesIn(text));
    expect(new Set(used).size).toBeGreaterThan(20);
    expect(used.filter((code) => !LISTED.includes(code))).toEqual([]);
  });

  it.each(LISTED)('%s is used, and explained in docs/warnings.md', (code) => {
    expect(sources.some(({ text }) => text.includes(`'${code}'`))).toBe(true);
    expect(readFileSync(join(ROOT, 'docs', 'warnings.md'), 'utf8')).toMatch(
      new RegExp(`^\\| \`${code}\` \\| \\S`, 'm'),
    );
  });

  it('are listed in docs/warnings.md as contracts list them', () => {
    expect(readFileSync(join(ROOT, 'docs', 'warnings.md'), 'utf8')).toBe(warningsDocument());
  });
});
