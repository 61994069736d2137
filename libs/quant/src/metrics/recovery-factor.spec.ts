import { REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { recoveryFactor } from './recovery-factor';

it('recovery factor is total return over the deepest fall, and nothing without one', () => {
  expect(recoveryFactor(r)).toBeCloseTo(1.381572274979976, 12);
  expect(recoveryFactor(Float64Array.of(-0.5, 0.2))).toBeCloseTo(-0.8, 15);
  expect(recoveryFactor(Float64Array.of(0.1, 0.2))).toBeNull();
});
