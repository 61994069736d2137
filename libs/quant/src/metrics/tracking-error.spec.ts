import { REFERENCE_BENCHMARK as b, REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { informationRatio, trackingError } from './tracking-error';

it('tracking error and information ratio are of the returns less those of the benchmark', () => {
  expect(trackingError(r, b, 252)).toBeCloseTo(0.14254951292924026, 13);
  expect(informationRatio(r, b, 252)).toBeCloseTo(0.8839034059873975, 12);
  expect([trackingError(r, r, 252), informationRatio(r, r, 252)]).toEqual([0, null]);
  expect([trackingError(r.subarray(11), b.subarray(11), 252)]).toEqual([null]);
  expect(() => trackingError(r, b.subarray(1), 252)).toThrow('benchmarkReturns must have 12 values');
});
