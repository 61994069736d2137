import type { SweepConstraint } from '@assay/contracts';
import { DomainError } from '@assay/primitives';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, feature, volManagedSma200 } from '../fixtures/documents';
import { sweepGrid, sweepOf } from '../fixtures/sweep-of';
import { applyParam, checkedCell } from '.';

const document = bollingerMomentum();
const WINDOW = 'substrategies.0.window';
const refused = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof DomainError ? error.errors : error;
  }
};

describe('paths that look like a part of the document', () => {
  it.each([
    ['the length of a list', 'substrategies.length'],
    ['an index in another spelling', 'substrategies.00.window'],
    ['an index with a fraction', 'substrategies.0.0.window'],
    ['a prototype', '__proto__.length'],
    ['a constructor', 'constructor.length'],
  ])('do not lead to %s', (_, path) => {
    expect(refused(() => applyParam(document, path, 3))).toMatchObject([{ rule: 'number_path', value: path }]);
    expect(refused(() => sweepGrid(document, [{ path, values: [3] }]))).toMatchObject([{ rule: 'number_path' }]);
  });
});

describe('a cell whose feature cannot be made', () => {
  it('that reads a column the bars do not have is refused before anything is computed', () => {
    const rsi = feature('sma_200', 'rsi', { window: 14, column: 'close' });
    const swept = { ...volManagedSma200(), features: [rsi] };
    const grid = sweepGrid(swept, [{ path: 'features.0.params.column', values: ['v', 'funding', 'nope'] }]);
    expect(checkedCell(swept, grid, 1, ['funding'])).toMatchObject({ features: [{ params: { column: 'funding' } }] });
    expect(refused(() => checkedCell(swept, grid, 2, ['funding']))).toMatchObject([
      { field: 'features[0].params.column', rule: 'known_column', value: 'nope' },
    ]);
  });

  it('is refused with the cell, its parameters and the field', () => {
    const swept = { ...volManagedSma200(), features: [feature('sma_200', 'sma', { window: 200 })] };
    const params = [{ path: 'features.0.params.window', values: [5, 0] }];
    expect(() => sweepOf({ document: swept, params, bars: syntheticBars(300, 2) })).toThrow(
      'cell 1 (features.0.params.window = 0): features[0].params.window must be 1 to 10000 (default 20), was 0',
    );
  });
});

describe('a constraint with a number', () => {
  it.each([NaN, Infinity, -Infinity])('refuses %p, which would not survive the payload of a job', (right) => {
    const constraints: SweepConstraint[] = [{ left: WINDOW, op: '<', right }];
    expect(refused(() => sweepGrid(document, [{ path: WINDOW, values: [3] }], constraints))).toMatchObject([
      { field: 'constraints[0].right', rule: 'number' },
    ]);
  });
});
