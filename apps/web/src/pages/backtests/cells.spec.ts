import { cellAt, placeOf, varied } from './cells';

const CELLS = [
  { cell: 3, params: { a: 0.2, b: 21, c: 1 }, value: 0.5 },
  { cell: 0, params: { a: 0.1, b: 10, c: 1 }, value: 0.4 },
  { cell: 1, params: { a: 0.2, b: 21, c: 1 }, value: 0.3 },
];

it('names the parameters that differ', () => expect(varied(CELLS)).toEqual(['a', 'b']));

it('takes the best cell of a place', () => {
  expect(cellAt(CELLS, { path: 'a', value: 0.2 }, { path: 'b', value: 21 })?.cell).toBe(3);
  expect(cellAt(CELLS, { path: 'a', value: 0.1 }, { path: 'b', value: 21 })).toBeUndefined();
});

it('finds the place of a cell', () => {
  const x = { path: 'a', values: [0.1, 0.2] };
  expect(placeOf(CELLS[0]!, x, { path: 'b', values: [10, 21] })).toEqual({ x: 1, y: 1 });
  expect(placeOf(CELLS[0]!, x, { path: 'b', values: [10] })).toBeUndefined();
});
