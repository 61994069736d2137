import { REFERENCE_BENCHMARK as b, REFERENCE_RETURNS as r } from '../../../testing/src/quant/reference-returns';
import { downCapture, upCapture } from './capture-ratio';

describe('up and down capture', () => {
  it('are ratios of geometric means where the benchmark rose and fell', () => {
    expect(upCapture(r, b)).toBeCloseTo(1.3335130576405863, 12);
    expect(downCapture(r, b)).toBeCloseTo(1.5730563524841978, 12);
    expect([upCapture(b, b), downCapture(b, b)]).toEqual([1, 1]);
    // a ruin loses all of every bar
    expect(downCapture(Float64Array.of(-1, 0), Float64Array.of(-0.5, -0.5))).toBe(-1 / -0.5);
  });

  it('are undefined without such a bar', () => {
    expect(upCapture(r.subarray(0, 2), Float64Array.of(0, -1))).toBeNull();
    expect(downCapture(r.subarray(0, 2), Float64Array.of(0, 1))).toBeNull();
    expect(() => upCapture(r, b.subarray(1))).toThrow('benchmarkReturns must have 12 values like returns, had 11');
  });
});
