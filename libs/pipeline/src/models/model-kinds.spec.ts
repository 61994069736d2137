import { NO_MODEL } from '@assay/contracts';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { modelPlugins } from '.';

const ROOT = join(__dirname, '../../../..');

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return ['fixtures', 'test', 'generated'].includes(name) ? [] : sourcesUnder(path);
    return /\.(ts|mjs)$/.test(name) && !name.includes('.spec.') ? [relative(ROOT, path)] : [];
  });
}

const sources = ['libs', 'apps'].flatMap((part) =>
  readdirSync(join(ROOT, part)).flatMap((name) => sourcesUnder(join(ROOT, part, name, 'src'))),
);
/** Sources that have one of the words, however they are written; what goes on from other letters is another word. */
const naming = (...words: string[]): string[] =>
  sources.filter((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8').replace(/([a-z])(?=[A-Z])/g, '$1_');
    return words.some((word) =>
      new RegExp(`(?<![a-z])${word.replaceAll(/[_.-]/g, '[_.-]?')}`).test(text.toLowerCase()),
    );
  });

describe('the name of a model kind', () => {
  it.each([...modelPlugins.keys()])('%s stands in its own folder, the registry and the numbers alone', (kind) => {
    const kebab = kind.replaceAll('_', '-');
    const own = [
      `libs/pipeline/src/models/${kebab}/`,
      'libs/pipeline/src/models/model-registry.ts',
      'libs/quant/src/models/',
    ];
    const found = naming(kind);
    expect(found).toContain('libs/pipeline/src/models/model-registry.ts');
    expect(found.filter((path) => !own.some((place) => path.startsWith(place)))).toEqual([]);
  });

  it('of no model stands where the documents are defined, once for the pages, and in the row that the migrations write', () => {
    expect(naming(`'${NO_MODEL}'`).sort()).toEqual([
      'apps/web/src/definitions/no-model.ts',
      'libs/contracts/src/pipeline-document.ts',
      'libs/persistence/src/migrations/0010-research-definitions.ts',
    ]);
  });
});
