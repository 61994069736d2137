import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RECIPES = join(ROOT, 'docs/recipes');
const recipes = readdirSync(RECIPES);

describe('docs/recipes', () => {
  it('has one for each part that is added often', () => {
    expect(recipes.sort()).toEqual(
      ['endpoint', 'feature', 'indicator', 'job', 'model', 'risk-check', 'venue'].map((name) => `${name}.md`),
    );
  });

  it.each(recipes)('%s names files that are there', (recipe) => {
    const text = readFileSync(join(RECIPES, recipe), 'utf8');
    const paths = [...text.matchAll(/`((?:apps|libs|scripts|docs)\/[^`\s]+)`/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(2);
    // of a path with a placeholder the folder before it must be there
    const missing = paths.filter(
      (path) =>
        !existsSync(
          join(
            ROOT,
            path.split('<')[0]!.replace(/[^/]*$/, (end) => (path.includes('<') ? '' : end)),
          ),
        ),
    );
    expect(missing).toEqual([]);
  });

  it.each(recipes)('%s links to documents that are there', (recipe) => {
    const text = readFileSync(join(RECIPES, recipe), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(RECIPES, link)))).toEqual([]);
  });
});
