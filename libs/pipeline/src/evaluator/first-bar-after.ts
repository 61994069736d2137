import { invalid } from '@assay/primitives';

/** Index of the first bar that opens after the ISO-8601 instant; n when there is none. */
export function firstBarAfter(openTimeMs: Float64Array, instant: string): number {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) {
    const message = `train_end must be an ISO-8601 time, was ${instant}`;
    throw invalid([{ field: 'artifact.train_end', rule: 'iso_8601', value: instant, message }]);
  }
  let low = 0;
  let high = openTimeMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openTimeMs[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
