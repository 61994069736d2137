import { REFERENCE_RATES, REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { downsideDeviation } from './downside-deviation';
import { excessReturns, riskFreeReturns } from './risk-free';

it('downside deviation divides by all bars, is 0 without a loss and is of what is below cash', () => {
  expect(downsideDeviation(r, 252)).toBeCloseTo(0.18151859408887014, 14);
  const excess = excessReturns(r, riskFreeReturns(REFERENCE_RATES, 252));
  expect(downsideDeviation(excess, 252)).toBeCloseTo(0.1828939610300867, 14);
  expect(downsideDeviation(Float64Array.of(0, 0.1), 252)).toBe(0);
  expect(downsideDeviation(new Float64Array(0), 252)).toBeNull();
});
