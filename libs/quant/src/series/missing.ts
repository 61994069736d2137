/** True for NaN and for infinities: a series has no value there. */
export function isMissing(value: number): boolean {
  return value - value !== 0;
}

/** True when any element is NaN or infinite. */
export function hasMissing(series: Float64Array): boolean {
  return firstMissingIn(series, 0, series.length) < series.length;
}

/** Index of the first bar at or after `from` where every series has a value; `to` when there is none. */
export function firstPresent(series: readonly Float64Array[], from: number, to: number): number {
  for (let i = from; i < to; i++) {
    let present = true;
    for (const column of series) present = present && !isMissing(column[i]);
    if (present) return i;
  }
  return to;
}

/** Index of the first bar at or after `from` where any series lacks a value; `to` when there is none. */
export function firstMissing(series: readonly Float64Array[], from: number, to: number): number {
  let end = to;
  for (const column of series) end = firstMissingIn(column, from, end);
  return end;
}

function firstMissingIn(column: Float64Array, from: number, to: number): number {
  let i = from;
  for (; i + 8 <= to; i += 8) {
    // a sum of numbers is a number unless it overflows, and then the exact look at each of them decides
    const sum =
      column[i] +
      column[i + 1] +
      (column[i + 2] + column[i + 3]) +
      (column[i + 4] + column[i + 5] + (column[i + 6] + column[i + 7]));
    if (sum - sum !== 0) {
      const end = i + 8;
      let k = i;
      while (k < end && !isMissing(column[k])) k++;
      if (k < end) return k;
    }
  }
  for (; i < to; i++) if (isMissing(column[i])) return i;
  return to;
}
