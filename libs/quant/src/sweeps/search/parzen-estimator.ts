import type { Rng } from '../../random';
import { normalCdf } from '../../validation';
import type { GridAxis } from '../analysis/cell-grid';

/** A distribution over the indices of one axis, estimated from the indices of observed cells. */
export interface ParzenEstimator {
  /** Probability of an index; above 0 everywhere, sums to 1 over the axis. */
  probability(index: number): number;
  draw(rng: Rng): number;
}

/** A kernel is no narrower than the axis shared out among the observations, or among so many (Hyperopt's clip). */
const MOST_SHARES = 100;
/** Half a step: a narrower kernel would only name its own index. */
const NARROWEST = 0.5;

/**
 * Bergstra, Bardenet, Bengio & Kegl (2011), "Algorithms for hyper-parameter optimization", section 4, on indices.
 * Ordered: an equally weighted mixture of the uniform prior and one normal per observation, whose standard deviation is
 * the greater distance to its left and right neighbour (the ends of the axis, -0.5 and size - 0.5, are neighbours too),
 * clipped to [max(size / min(100, 1 + n), 0.5), size], truncated to the axis and integrated over each index's unit
 * interval. Categorical: proportional to 1 + the number of observations of the index.
 */
export function parzenEstimator({ size, kind }: GridAxis, observed: Float64Array): ParzenEstimator {
  return kind === 'categorical' ? countEstimator(size, observed) : kernelEstimator(size, observed);
}

function countEstimator(size: number, observed: Float64Array): ParzenEstimator {
  const counts = new Map<number, number>();
  for (const index of observed) counts.set(index, (counts.get(index) ?? 0) + 1);
  return {
    probability: (index) => (1 + (counts.get(index) ?? 0)) / (size + observed.length),
    draw(rng) {
      const place = rng.int(size + observed.length);
      return place < size ? place : observed[place - size];
    },
  };
}

function kernelEstimator(size: number, observed: Float64Array): ParzenEstimator {
  const centres = observed.slice().sort();
  const n = centres.length;
  const low = -0.5;
  const high = size - 0.5;
  const narrowest = Math.max(size / Math.min(MOST_SHARES, 1 + n), NARROWEST);
  const widths = centres.map((centre, k) => {
    const left = centre - (k > 0 ? centres[k - 1] : low);
    const right = (k + 1 < n ? centres[k + 1] : high) - centre;
    return Math.min(Math.max(left, right, narrowest), size);
  });
  const kernels = distinctKernels(centres, widths, (centre, width) => massOf(centre, width, low, high));
  const known = new Map<number, number>();

  function density(index: number): number {
    let sum = 1 / size;
    for (const { centre, width, weight } of kernels) sum += weight * massOf(centre, width, index - 0.5, index + 0.5);
    return sum / (n + 1);
  }

  return {
    probability(index) {
      const before = known.get(index);
      if (before !== undefined) return before;
      const value = density(index);
      known.set(index, value);
      return value;
    },
    draw(rng) {
      const kernel = rng.int(n + 1);
      if (kernel === n) return rng.int(size);
      // at least a third of a kernel lies on the axis: its centre does, and it is no wider than the axis
      for (;;) {
        const index = Math.round(centres[kernel] + widths[kernel] * rng.normal());
        if (index >= 0 && index < size) return index;
      }
    },
  };
}

interface Kernel {
  centre: number;
  width: number;
  /** How many observations have it, over its mass on the axis. */
  weight: number;
}

/** Equal observations mostly have equal kernels, so there are at most three per index however many observations. */
function distinctKernels(
  centres: Float64Array,
  widths: Float64Array,
  massInside: (centre: number, width: number) => number,
): Kernel[] {
  const kernels: Kernel[] = [];
  for (let from = 0, to = 0; from < centres.length; from = to) {
    const [centre, width] = [centres[from], widths[from]];
    while (to < centres.length && centres[to] === centre && widths[to] === width) to++;
    kernels.push({ centre, width, weight: (to - from) / massInside(centre, width) });
  }
  return kernels;
}

/** Beyond so many standard deviations lies less than 1e-15 of a normal: nothing beside the prior. */
const REACH = 8;

function massOf(centre: number, width: number, from: number, to: number): number {
  const low = (from - centre) / width;
  const high = (to - centre) / width;
  return low > REACH || high < -REACH ? 0 : normalCdf(high) - normalCdf(low);
}
