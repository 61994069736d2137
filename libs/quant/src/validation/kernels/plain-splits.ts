import type { SplitKernels } from './split-loops';

/** The loops of `assembly/splits.ts` in TypeScript, over the same memory. */
export function plainSplits(buffer: ArrayBuffer): SplitKernels {
  const numbers = new Float64Array(buffer);
  const integers = new Int32Array(buffer);
  return {
    addBlock(before, block, out, bytes) {
      for (let i = 0; i < bytes >> 3; i++)
        numbers[(out >> 3) + i] = numbers[(before >> 3) + i] + numbers[(block >> 3) + i];
    },
    nextAbove(sums, squares, from, trials, perBar, line, margin, least) {
      const near = margin * Math.abs(line);
      for (let i = from; i < trials; i++) {
        const mean = numbers[(sums >> 3) + i] * perBar;
        const square = numbers[(squares >> 3) + i] * perBar;
        const variance = square - mean * mean;
        const signed = mean * Math.abs(mean);
        const isBelow = signed + margin * Math.abs(signed) < line * variance - near * square;
        if (!(isBelow && variance > least * square)) return i - (i % 2);
      }
      return trials;
    },
    countBelow(total, totalSquares, sums, squares, trials, perBar, squaredOwn, margin, near, least, unsure, count) {
      let [lower, found] = [0, 0];
      for (let i = 0; i < trials; i += 2) {
        let [sure, below] = [0, 0];
        for (let lane = i; lane < i + 2; lane++) {
          const mean = (numbers[(total >> 3) + lane] - numbers[(sums >> 3) + lane]) * perBar;
          const square = (numbers[(totalSquares >> 3) + lane] - numbers[(squares >> 3) + lane]) * perBar;
          const variance = square - mean * mean;
          const signed = mean * Math.abs(mean);
          const apart = signed - squaredOwn * variance;
          const far = margin * Math.abs(signed) + near * square;
          if (variance > least * square && Math.abs(apart) > far) sure++;
          if (apart < 0) below++;
        }
        if (sure === 2) lower += below;
        else integers[(unsure >> 2) + found++] = i;
      }
      integers[count >> 2] = found;
      return lower;
    },
  };
}
