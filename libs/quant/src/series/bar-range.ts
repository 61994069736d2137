/**
 * Prices of one bar are rounded apart from each other (an adjusted open beside a high of fewer digits), so open and close
 * may leave low to high by this share. The one tolerance of import, quality report and engines.
 */
export const RANGE_TOLERANCE = 1e-6;

/** Whether the prices form a bar: 0 < low <= open, close <= high < Infinity, but for rounding. False for NaN. */
export function isBar(open: number, high: number, low: number, close: number): boolean {
  if (low > 0 && low <= open && low <= close && high >= open && high >= close && high < Infinity) return true;
  const [floor, ceiling] = [low * (1 - RANGE_TOLERANCE), high * (1 + RANGE_TOLERANCE)];
  return low > 0 && floor <= open && floor <= close && ceiling >= open && ceiling >= close && high < Infinity;
}
