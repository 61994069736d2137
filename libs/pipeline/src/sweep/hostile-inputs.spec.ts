import { DomainError } from '@assay/domain';
import { bollingerMomentum } from '../fixtures/documents';
import { applyParam, sweepGrid, type SweepConstraint } from '.';

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

describe('a constraint with a number', () => {
  it.each([NaN, Infinity, -Infinity])('refuses %p, which would not survive the payload of a job', (right) => {
    const constraints: SweepConstraint[] = [{ left: WINDOW, op: '<', right }];
    expect(refused(() => sweepGrid(document, [{ path: WINDOW, values: [3] }], constraints))).toMatchObject([
      { field: 'constraints[0].right', rule: 'number' },
    ]);
  });
});
