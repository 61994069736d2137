import { namesOf } from './names';
import { withImport, withItem, type SourceTree } from './source-tree';

const FOLDER = 'libs/quant/src/indicators';
const NAIVE = 'libs/testing/src/quant/naive-price-indicators.ts';

/** The list of the catalogue that has the indicators of a family. */
const LISTS: Readonly<Record<string, string>> = {
  averages: 'averages',
  momentum: 'momenta',
  oscillators: 'oscillators',
  channels: 'channels',
  trend: 'trends',
  volume: 'volumes',
  volatility: 'volatilities',
  statistics: 'statistics',
  candlesticks: 'candlesticks',
};

/** An indicator that works, and a test of its numbers that waits for them. `name`: `family/name`. */
export function newIndicator(name: string, tree: SourceTree): void {
  const [family = '', kebab] = name.split('/');
  const list = LISTS[family];
  if (kebab === undefined || list === undefined) {
    const families = Object.keys(LISTS).join(', ');
    throw new Error(`an indicator must be named with its family, FAMILY/NAME, one of ${families}, was ${name}`);
  }
  const { snake, camel, words } = namesOf(kebab);
  tree.assertNew(FOLDER, `key: '${snake}'`);
  tree.assertNew(FOLDER, `export const ${camel} `);
  tree.create(
    `${FOLDER}/${family}/${kebab}.ts`,
    `import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/**
 * Say what the ${words} is, with its formula and where it is NaN. As generated: the change over the window as a share of the
 * newest value. Lookback \`window\`. O(1) per bar. Source: name the paper or the reference implementation.
 */
export const ${camel} = defineIndicator({
  key: '${snake}',
  description: '${words}',
  inputs: ['close'],
  outputs: ['${snake}'],
  scale: PURE_NUMBER,
  parameters: { window: bars(14, 1, 'length of the window') },
  lookback: ({ window }) => window,
  recurrence: ({ window }) => ({
    size: lagSize(window),
    step: (s, input, out) => {
      const before = lagStep(s, 0, window, input[0]);
      out[0] = input[0] === 0 ? NaN : 1 - before / input[0];
    },
  }),
});
`,
  );
  tree.create(
    `${FOLDER}/${family}/${kebab}.spec.ts`,
    `import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { ${camel} } from './${kebab}';

indicatorContract(${camel}, {
  'has the values of an independent computation': [
    { window: 3 },
    { close: [10, 11, 12, 11, 13, 14, 12, 15] },
    // from the source or another library, never from this code; NaN before the lookback
    { ${snake}: [NaN] },
  ],
});
`,
  );
  tree.edit(NAIVE, (text) =>
    withItem(
      text,
      'export const naivePriceIndicators: Readonly<Record<string, NaiveIndicator>> = {',
      `${snake}: ({ close }, { window }) => [close.map((v, i) => 1 - (close[i - window] ?? NaN) / v)]`,
    ),
  );
  tree.edit(`${FOLDER}/catalog.ts`, (text) => {
    const imported = withImport(text, `import { ${camel} } from './${family}/${kebab}';`);
    return imported && withItem(imported, `const ${list} = [`, camel);
  });
}
