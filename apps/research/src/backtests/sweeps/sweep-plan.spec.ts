import type { StrategyDocument, SweepConstraint } from '@assay/contracts';
import { gridOf, planSweep } from '@assay/pipeline';
import { planOf } from './sweep-plan';

const document = { fast: 1, slow: 2 } as unknown as StrategyDocument;
const params = [
  { path: 'fast', values: [1, 2, 3] },
  { path: 'slow', values: [2, 3, 4] },
];
const constraints: SweepConstraint[] = [{ left: 'fast', op: '<', right: 'slow' }];
const cellsOf = (payload: Parameters<typeof planOf>[0]): unknown[][] => {
  const grid = gridOf(planOf(JSON.parse(JSON.stringify(payload)) as typeof payload, document)!);
  return Array.from({ length: grid.size }, (_, cell) => grid.valuesOf(cell));
};

describe('the plan of a sweep', () => {
  const { existing } = planSweep(document, params, constraints);
  const left = [
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 3],
    [2, 4],
    [3, 4],
  ];

  it('is what the payload carries: neither document nor constraints are asked again', () => {
    expect(cellsOf({ params, constraints: [{ left: 'nowhere', op: '<', right: 'slow' }], existing })).toEqual(left);
    expect(cellsOf({ params, constraints, existing: null })).toHaveLength(9);
  });

  it('is made again for a sweep that began before plans were kept', () => {
    expect(cellsOf({ params, constraints })).toEqual(left);
  });

  it('is none for candidates', () => {
    expect(planOf({ params: null, constraints: [], existing: null }, document)).toBeNull();
  });
});
