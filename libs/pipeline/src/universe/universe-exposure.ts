/** What a portfolio holds over bars [from, to), of weights as cells symbol x bars + bar. */
export interface UniverseExposure {
  /** Sum of the sizes of all weights, and of the weights, decided at each close. */
  gross: Float64Array;
  net: Float64Array;
  /** Sum of the changes of all weights from bar to bar, flat before the first. */
  traded: number;
  /** Bars at which each symbol has a weight. */
  barsHeld: Int32Array;
}

export function universeExposure(weights: Float64Array, bars: number, from: number, to: number): UniverseExposure {
  const gross = new Float64Array(to - from);
  const net = new Float64Array(to - from);
  const barsHeld = new Int32Array(weights.length / bars);
  let traded = 0;
  for (let i = 0; i < barsHeld.length; i++) {
    let before = 0;
    for (let t = from, cell = i * bars + from; t < to; t++, cell++) {
      const weight = weights[cell]!;
      if (weight === 0 && before === 0) continue;
      gross[t - from]! += Math.abs(weight);
      net[t - from]! += weight;
      traded += Math.abs(weight - before);
      if (weight !== 0) barsHeld[i]! += 1;
      before = weight;
    }
  }
  return { gross, net, traded, barsHeld };
}
