import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { naiveIndicators } from '../../../testing/src/quant/indicator-contract';
import { talibCases } from '../../../testing/src/quant/talib-values';
import { indicators } from './catalog';
import { strategyJsonIndicators } from './strategy-json';

const keys = [...indicators.keys(), ...strategyJsonIndicators.keys()].sort();

/** Every indicator defined in the folders of the families. */
function definitions(): { key: string; constant: string; docstring: string; spec: string }[] {
  const families = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = families.flatMap(({ name }) => readdirSync(join(__dirname, name)).map((file) => join(name, file)));
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('.spec.'))
    .flatMap((file) => {
      const source = readFileSync(join(__dirname, file), 'utf8');
      const found = source.matchAll(
        /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+)(?:: \w+)? = (?:\w+\()?\{[^]*?key: '(\w+)'/g,
      );
      const spec = join(__dirname, file.replace(/\.ts$/, '.spec.ts'));
      return Array.from(found, ([, docstring, constant, key]) => ({ key, constant, docstring, spec }));
    });
}

const defined = definitions();

it('has every indicator that a family defines', () => {
  expect(defined.map(({ key }) => key).sort()).toEqual(keys);
});

it.each(defined)(
  '$key states in its docstring what it computes, its lookback, its cost per bar and its source',
  (one) => {
    expect([/Lookback/, /O\(.+\)/, /Source:/].filter((part) => !part.test(one.docstring)).map(String)).toEqual([]);
  },
);

it.each(defined)('$key is held to the contract by the spec beside it', ({ spec, constant }) => {
  expect(existsSync(spec) && readFileSync(spec, 'utf8')).toContain(`\nindicatorContract(${constant}, `);
});

it('has the plain definition that each is held against, and no value of TA-Lib without indicator', () => {
  expect(Object.keys(naiveIndicators).sort()).toEqual(keys);
  expect(talibCases.map((one) => one.indicator).filter((key) => !keys.includes(key))).toEqual([]);
});
