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
