import type { CrossSectionSpec } from '@assay/contracts';
import { CrossSections } from './cross-sections';

const groups = Int32Array.of(0, 0, 1, 1, 1, 0);
const values = Float64Array.of(3, -1, 2, NaN, 2, 10);
const pool = Int32Array.of(0, 1, 2, 3, 4);

const of = (kind: string, within = 'universe'): number[] => {
  const spec = { name: 'out', kind, of: 'f', within } as CrossSectionSpec;
  return Array.from(new CrossSections(['f'], [spec], groups).column('out', [values], pool));
};

// scipy.stats.rankdata(ordinal) and zscore(ddof=1) of 3, -1, 2, 2; symbol 5 is no member, symbol 3 has no value
it.each([
  ['rank', 'universe', [4, 1, 3, NaN, 2, NaN]],
  ['percentile', 'universe', [0.875, 0.125, 0.625, NaN, 0.375, NaN]],
  ['demean', 'universe', [1.5, -2.5, 0.5, NaN, 0.5, NaN]],
  [
    'z_score',
    'universe',
    [0.8660254037844387, -1.4433756729740645, 0.28867513459481287, NaN, 0.28867513459481287, NaN],
  ],
  ['rank', 'group', [2, 1, 2, NaN, 1, NaN]],
  ['demean', 'group', [2, -2, 0, NaN, 0, NaN]],
  ['z_score', 'group', [Math.SQRT1_2, -Math.SQRT1_2, NaN, NaN, NaN, NaN]],
])('%s within %s', (kind, within, expected) => {
  of(kind, within).forEach((value, i) => {
    if (Number.isNaN(expected[i])) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[i], 14);
  });
});

it('combines columns, and is missing where one of them is', () => {
  const specs: CrossSectionSpec[] = [
    { name: 'r', kind: 'rank', of: 'f', within: 'universe' },
    {
      name: 'mix',
      kind: 'combine',
      terms: [
        { of: 'r', weight: 2 },
        { of: 'f', weight: -1 },
      ],
    },
  ];
  const column = new CrossSections(['f'], specs, groups).column('mix', [values], pool);
  expect(Array.from(column)).toEqual([5, 3, 4, NaN, 2, NaN]);
});

describe.each([1e308, 2 ** 1000, 2 ** -1000, 5e-324 * 64])('of values of the size %d', (size) => {
  const big = values.map((value) => value * (size > 1 ? size / 16 : size));
  const column = (spec: object): number[] =>
    Array.from(
      new CrossSections(
        ['f'],
        [{ name: 'out', of: 'f', within: 'universe', ...spec } as CrossSectionSpec],
        groups,
      ).column('out', [big], pool),
    );

  it('the z-score and the ranks are those of the values', () => {
    for (const kind of ['z_score', 'rank', 'percentile'])
      column({ kind }).forEach((value, i) => {
        const expected = of(kind)[i];
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(expected, 12);
      });
  });

  it('the difference from the mean is in their size', () => {
    column({ kind: 'demean' }).forEach((value, i) => {
      if (Number.isNaN(of('demean')[i])) expect(value).toBeNaN();
      else expect(value / big[0]).toBeCloseTo(of('demean')[i] / values[0], 2);
    });
  });
});

it('has no value where the sum is beyond all numbers, and ranks what is no finite number nowhere', () => {
  const terms = [1e308, 1e308].map((weight) => ({ of: 'f', weight }));
  const specs: CrossSectionSpec[] = [
    { name: 'sum', kind: 'combine', terms },
    { name: 'rank', kind: 'rank', of: 'f', within: 'universe' },
    { name: 'gap', kind: 'demean', of: 'f', within: 'universe' },
  ];
  const wild = Float64Array.of(Infinity, 0.5, -Infinity, NaN, -0.25, 0);
  const column = (name: string): number[] =>
    Array.from(new CrossSections(['f'], specs, groups).column(name, [wild], pool));
  expect(column('sum')).toEqual([NaN, 1e308, NaN, NaN, -5e307, NaN]);
  expect(column('rank')).toEqual([NaN, 2, NaN, NaN, 1, NaN]);
  expect(column('gap')).toEqual([NaN, 0.375, NaN, NaN, -0.375, NaN]);
});
