import { createRng } from '../../random';
import { valuesOf } from '../../../../testing/src/quant/indicator-bars';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { hurst } from './hurst';

const warmUp = Array<number>(16).fill(NaN);

indicatorContract(hurst, {
  'is the slope of the rescaled ranges of 16 and of 8 returns, over what independent ones have': [
    { window: 16 },
    { close: [100, 101, 99, 102, 103, 102, 104, 101, 103, 104, 105, 103, 107, 106, 103, 105, 106, 108] },
    { hurst: [...warmUp, 0.06873681939937842, 0.06190211496905779] },
  ],
  'is nothing at rest': [{ window: 16 }, { close: Array<number>(18).fill(7) }, { hurst: [...warmUp, NaN, NaN] }],
});

it('is about 0.5 for independent returns, above for persistent ones, below for alternating ones', () => {
  const average = (step: (previous: number, shock: number) => number): number => {
    const source = createRng(9);
    let [level, r] = [100, 0];
    const close = Array.from({ length: 3000 }, () => {
      r = step(r, 0.01 * source.normal());
      level *= 1 + r;
      return level;
    });
    const known = valuesOf(hurst, { window: 512 }, { close }).hurst.slice(512);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  expect(Math.abs(average((_, shock) => shock) - 0.5)).toBeLessThan(0.05);
  expect(average((previous, shock) => 0.6 * previous + shock)).toBeGreaterThan(0.57);
  expect(average((previous, shock) => -0.6 * previous + shock)).toBeLessThan(0.4);
});
