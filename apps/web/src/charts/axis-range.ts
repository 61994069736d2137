/** Of the middle of the range: narrower ones would have the same label at several heights. */
const LEAST_SHARE = 0.01;
/** Around zero, and for percents. */
const LEAST = 0.01;

interface Range {
  minValue: number;
  maxValue: number;
}

/** The range of an axis, widened about its middle where nothing changes or so little that labels of it would not differ. */
export function widened({ minValue, maxValue }: Range, unit: 'percent' | 'number' = 'number'): Range {
  const middle = (minValue + maxValue) / 2;
  const least = unit === 'percent' || middle === 0 ? LEAST : Math.abs(middle) * LEAST_SHARE;
  if (maxValue - minValue >= least) return { minValue, maxValue };
  return { minValue: middle - least / 2, maxValue: middle + least / 2 };
}
