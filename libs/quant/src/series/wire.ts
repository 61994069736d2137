/** JSON form of a series: NaN (not warm, missing) becomes null. */
export function toNullable(series: Float64Array): (number | null)[] {
  const out: (number | null)[] = new Array<number | null>(series.length);
  for (let i = 0; i < series.length; i++) out[i] = series[i] - series[i] === 0 ? series[i] : null;
  return out;
}

/** Series of the JSON form: null and undefined become NaN. */
export function fromNullable(values: ArrayLike<number | null | undefined>): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] ?? NaN;
  return out;
}
