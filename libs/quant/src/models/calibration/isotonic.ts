/** A rising curve through points, straight between them and level outside. */
export interface IsotonicCalibration {
  /** Ascending. */
  readonly inputs: Float64Array;
  /** Never falling. */
  readonly outputs: Float64Array;
}

/**
 * Isotonic regression of the labels on the chances (pool adjacent violators; Barlow et al., 1972): the rising curve of
 * least squares. Equal chances are one point; of a level stretch only its ends are kept.
 * @param weights positive, default 1.
 */
export function fitIsotonic(chances: Float64Array, labels: Float64Array, weights?: Float64Array): IsotonicCalibration {
  const n = chances.length;
  const order = Int32Array.from(chances.keys()).sort((a, b) => chances[a] - chances[b] || a - b);
  // pools: first and last input, mean label, weight
  const firsts = new Float64Array(n);
  const lasts = new Float64Array(n);
  const means = new Float64Array(n);
  const sums = new Float64Array(n);
  let pools = 0;
  for (let at = 0; at < n;) {
    const chance = chances[order[at]];
    let [sum, weight] = [0, 0];
    for (; at < n && chances[order[at]] === chance; at++) {
      const own = weights === undefined ? 1 : weights[order[at]];
      sum += own * labels[order[at]];
      weight += own;
    }
    firsts[pools] = lasts[pools] = chance;
    means[pools] = sum / weight;
    sums[pools] = weight;
    pools++;
    while (pools > 1 && means[pools - 2] >= means[pools - 1]) {
      const both = sums[pools - 2] + sums[pools - 1];
      means[pools - 2] = (means[pools - 2] * sums[pools - 2] + means[pools - 1] * sums[pools - 1]) / both;
      sums[pools - 2] = both;
      lasts[pools - 2] = lasts[pools - 1];
      pools--;
    }
  }
  const [inputs, outputs]: [number[], number[]] = [[], []];
  for (let p = 0; p < pools; p++) {
    for (const input of firsts[p] === lasts[p] ? [firsts[p]] : [firsts[p], lasts[p]]) {
      inputs.push(input);
      outputs.push(means[p]);
    }
  }
  return { inputs: Float64Array.from(inputs), outputs: Float64Array.from(outputs) };
}

export function isotonicChance({ inputs, outputs }: IsotonicCalibration, chance: number): number {
  if (Number.isNaN(chance)) return NaN;
  const last = inputs.length - 1;
  if (chance <= inputs[0]) return outputs[0];
  if (chance >= inputs[last]) return outputs[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (inputs[middle] <= chance) low = middle;
    else high = middle;
  }
  const part = (chance - inputs[low]) / (inputs[high] - inputs[low]);
  return outputs[low] + part * (outputs[high] - outputs[low]);
}
