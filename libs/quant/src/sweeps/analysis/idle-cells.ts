/**
 * Which cells held nothing, from figures that every cell has: an equity that ends where it began and never stood below its peak never
 * moved. The same holds of means over splits, since no drawdown is below 0 and without one no equity falls.
 * @returns 1 where a cell held nothing, else 0; 0 where a figure is undefined.
 */
export function idleCells(totalReturn: Float64Array, maxDrawdown: Float64Array): Uint8Array {
  const idle = new Uint8Array(totalReturn.length);
  for (let cell = 0; cell < idle.length; cell++)
    idle[cell] = Number(totalReturn[cell] === 0 && maxDrawdown[cell] === 0);
  return idle;
}

/**
 * What cells are chosen by: NaN where a cell held nothing. By a metric of risk it would win for having taken none, and by the total return
 * wherever every cell that traded lost.
 */
export function ofHeldCells(metric: Float64Array, idle: ArrayLike<number>): Float64Array {
  return metric.map((value, cell) => (idle[cell] === 1 ? NaN : value));
}
