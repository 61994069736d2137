import type { Sweepable } from './sweep-params';
import { neighbourOf, paramsOf, rowProblems, type TypedRow } from './typed-params';

const OFFERED: Sweepable[] = [
  { path: 'costs.fee_bps', value: 5, label: 'costs › fee bps' },
  { path: 'sizing.annual', value: 0.1, label: 'sizing › annual' },
  { path: 'features.0.params.log', value: true, label: 'features › log' },
];
const rowsOf = (...typed: [string | null, string][]): TypedRow[] =>
  typed.map(([path, text], key) => ({ key, path, text, isLeft: false }));
const told = (...typed: [string | null, string][]) =>
  rowProblems(rowsOf(...typed), OFFERED).map((problem) => problem && `${problem.field}: ${problem.message}`);

describe('rows of parameters', () => {
  it('are ignored where they are wholly empty', () => {
    const rows = rowsOf([null, ''], ['costs.fee_bps', '5, 10'], [null, '  ']);
    expect(rowProblems(rows, OFFERED)).toEqual([null, null, null]);
    expect(paramsOf(rows, OFFERED)).toEqual([{ path: 'costs.fee_bps', values: [5, 10] }]);
  });

  it.each<[string, [string | null, string], string]>([
    ['a parameter without values', ['costs.fee_bps', ' '], 'values: Give the values to try, or remove this row.'],
    ['commas alone', ['costs.fee_bps', ' , ,'], 'values: Give the values to try, or remove this row.'],
    ['values without a parameter', [null, '5, 10'], 'path: Choose the parameter, or remove this row.'],
    ['what is no number', ['costs.fee_bps', '5, 1o'], 'values: Must be numbers, was 1o.'],
    ['what is no switch', ['features.0.params.log', 'yes'], 'values: Must be true or false, was yes.'],
    ['a range that is none', ['costs.fee_bps', '5:x'], 'values: Must be from:to or from:to:step in numbers, was 5:x.'],
  ])('are refused at their field for %s', (_, row, problem) => {
    expect(told(['sizing.annual', '0.1, 0.2'], row)).toEqual([null, problem]);
  });

  it('hold a parameter once: the second is the one that is refused, also with other values', () => {
    expect(told(['costs.fee_bps', '5'], [null, ''], ['costs.fee_bps', '10'])).toEqual([
      null,
      null,
      'path: Parameter 1 is this one already.',
    ]);
  });

  it('tell what is missing from what is wrong', () => {
    const rows = rowsOf(['costs.fee_bps', ''], ['sizing.annual', 'x'], [null, '1']);
    expect(rowProblems(rows, OFFERED).map((problem) => problem?.isMissing)).toEqual([true, false, true]);
  });
});

describe('a row that is removed', () => {
  const rows = rowsOf([null, ''], [null, ''], [null, '']);

  it.each([
    [0, 1],
    [1, 2],
    [2, 1],
  ])('number %i gives way to the row of key %i', (key, next) => expect(neighbourOf(rows, key)).toBe(next));

  it('leaves nothing to go to where it was the last one', () => expect(neighbourOf(rowsOf([null, '']), 0)).toBeNull());
});
