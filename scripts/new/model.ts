import { namesOf } from './names';
import { withImport, withItem, type SourceTree } from './source-tree';

const FOLDER = 'libs/pipeline/src/models';

/** What strategies without a model say. */
const NO_MODELS = ['none', 'rule_identity'];

/** A kind of model that fits and loads, and a test of what it learns that waits for its numbers. */
export function newModel(name: string, tree: SourceTree): void {
  const { kebab, snake, camel, words } = namesOf(name);
  if (NO_MODELS.includes(snake)) throw new Error(`${snake} stands for no model: choose another name`);
  tree.assertNew(FOLDER, `key: '${snake}'`);
  tree.create(
    `${FOLDER}/${kebab}/${kebab}-plugin.ts`,
    `import { parametersSchema } from '@assay/contracts';
import type { ModelPlugin } from '../model-plugin';

/** Say how the ${words} is fitted and where it comes from. As generated: every prediction is the share of label 1. */
export const ${camel}Plugin: ModelPlugin = {
  key: '${snake}',
  aliases: [],
  version: '1',
  description: '${words}; predicts the chance of label 1',
  tasks: ['classification'],
  parameterSchema: parametersSchema({
    shrinkage: { type: 'number', minimum: 0, default: 1, description: 'rows of each label that are added to the count' },
  }),
  searchSpace: { shrinkage: { values: [0, 1, 10], description: 'shrinkages' } },
  refit: { every: 63, min_train: 252 },
  leastRows: (columns) => columns + 1,
  fit({ rows, labels, count, columns }, params) {
    const shrinkage = params.shrinkage as number;
    let ones = 0;
    for (let i = 0; i < count; i++) ones += labels[i]!;
    const means = Array.from({ length: columns }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += rows[i * columns + c]!;
      return sum / count;
    });
    return { share: (ones + shrinkage) / (count + 2 * shrinkage), means };
  },
  load({ share, means }, inputs) {
    if (typeof share !== 'number' || !Array.isArray(means) || means.length !== inputs) {
      throw new Error('share must be a number, and means one number per input');
    }
    return (row) => (row.some(Number.isNaN) ? NaN : share);
  },
  figures: () => ({}),
};
`,
  );
  tree.create(
    `${FOLDER}/${kebab}/${kebab}-plugin.spec.ts`,
    `import { rowsOf } from '../../fixtures/reference-rows';
import { ${camel}Plugin } from './${kebab}-plugin';

// what every kind must hold (same content, same bits when loaded, refusals) is in ../model-plugin.contract.spec.ts
it('${snake} predicts what an independent computation predicts', () => {
  const rows = Float64Array.of(0, 1, 2, 3, 4, 5);
  const labels = Float64Array.of(0, 0, 1, 0, 1, 1);
  const set = rowsOf(1, rows, labels);
  const predict = ${camel}Plugin.load(${camel}Plugin.fit(set, { shrinkage: 1 }, 1), 1);
  // from the source or another library, never from this code: one a row
  const expected: number[] = [];
  expect(expected).toHaveLength(6);
  expected.forEach((value, i) => expect(predict(rows.slice(i, i + 1))).toBeCloseTo(value, 9));
});
`,
  );
  tree.edit(`${FOLDER}/model-registry.ts`, (text) => {
    const imported = withImport(text, `import { ${camel}Plugin } from './${kebab}/${kebab}-plugin';`);
    return imported && withItem(imported, 'const PLUGINS: readonly ModelPlugin[] = [', `${camel}Plugin`);
  });
}
