import { createRng, pboCscv } from '@assay/quant';
import { logitHistogram } from './logit-histogram';

describe('the histogram of logits', () => {
  it('has a value at an edge in the bin below it, and everything beyond the ends in the outer bins', () => {
    const { edges, counts, splits } = logitHistogram(Float64Array.of(-40, -6, -5.99, -0.5, 0, 0.01, 6, 6.01, 40));
    expect([edges.length, counts.length, edges[0], edges[12], edges.at(-1), splits]).toEqual([25, 26, -6, 0, 6, 9]);
    const filled = counts.flatMap((count, bin) => (count === 0 ? [] : [[bin, count]]));
    // (..., -6] has two, (-6, -5.5], (-1, -0.5], (-0.5, 0], (0, 0.5] and (5.5, 6] one each, (6, ...) two
    expect(filled).toEqual([[0, 2], [1, 1], [11, 1], [12, 1], [13, 1], [24, 1], [25, 2]]); // prettier-ignore
  });

  it.each([2, 7, 40])('of %d trials has as its share up to 0 the probability of overfitting', (trials) => {
    const rng = createRng(trials);
    const matrix = Array.from({ length: trials }, () => Float64Array.from({ length: 320 }, () => rng.normal()));
    const { pbo, logits } = pboCscv(matrix);
    const { counts, edges, splits } = logitHistogram(logits);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(splits);
    const upToZero = counts.slice(0, edges.indexOf(0) + 1).reduce((sum, count) => sum + count, 0);
    expect(upToZero / splits).toBe(pbo);
  });
});
