import { worstBars } from './worst-bars';

it('worst bars are the deepest losses, the first of equal ones first', () => {
  const r = Float64Array.of(0.1, -0.2, 0, -0.3, -0.2, NaN, -Infinity);
  expect(worstBars(r, 3)).toEqual([3, 1, 4]);
  expect(worstBars(r, 9)).toEqual([3, 1, 4]);
  expect(worstBars(Float64Array.of(0, 1), 3)).toEqual([]);
});
