import { REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { stability } from './stability';

it('stability is R^2 of log equity on time', () => {
  expect(stability(r)).toBeCloseTo(0.3716486794998392, 12);
  expect(stability(new Float64Array(50).fill(0.01))).toBeCloseTo(1, 12);
  expect(stability(new Float64Array(50).fill(-0.01))).toBeCloseTo(1, 12);
  expect(stability(new Float64Array(50))).toBeNull();
  expect(stability(Float64Array.of(0.1, -1, 0.1))).toBeNull();
});
