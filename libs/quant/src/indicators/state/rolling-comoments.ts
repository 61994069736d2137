/**
 * Rolling sums of squared deviations and of their products for two series, O(1) amortised, by the updating formulas of
 * Welford: [count, head, run x, last x, run y, last y, mean x, mean y, Mxx, Myy, Mxy, peak x, peak y, age, ring of pairs].
 * Rebuilt from the window every 8 windows, and at once when a sum of squares has shrunk a millionfold, as in
 * `rolling-moments`; exactly 0 in a window of equal values.
 */
import { REBUILD_WINDOWS, SHRINK } from './rolling-moments';

export const rollingComomentsSize = (window: number): number => 2 * window + 14;
export const MXX = 8;
export const MYY = 9;
export const MXY = 10;

/** True when the window is full; then s[o + MXX], s[o + MYY], s[o + MXY] hold the sums. A missing value starts afresh. */
export function rollingComomentsStep(s: Float64Array, o: number, window: number, x: number, y: number): boolean {
  if (x - x !== 0 || y - y !== 0) {
    s.fill(0, o, o + 14);
    return false;
  }
  const ring = o + 14;
  const count = s[o];
  const slot = ring + 2 * s[o + 1];
  const oldX = s[slot];
  const oldY = s[slot + 1];
  s[slot] = x;
  s[slot + 1] = y;
  const next = s[o + 1] + 1 === window ? 0 : s[o + 1] + 1;
  s[o + 1] = next;
  s[o + 2] = count > 0 && x === s[o + 3] ? s[o + 2] + 1 : 1;
  s[o + 3] = x;
  s[o + 4] = count > 0 && y === s[o + 5] ? s[o + 4] + 1 : 1;
  s[o + 5] = y;
  if (count < window) {
    s[o] = count + 1;
    if (count + 1 < window) return false;
    rebuild(s, o, ring, next, window);
  } else {
    const beforeX = s[o + 6];
    const beforeY = s[o + 7];
    const deltaX = x - oldX;
    const deltaY = y - oldY;
    const meanX = beforeX + deltaX / window;
    const meanY = beforeY + deltaY / window;
    s[o + 6] = meanX;
    s[o + 7] = meanY;
    s[o + MXX] += deltaX * (x - meanX + (oldX - beforeX));
    s[o + MYY] += deltaY * (y - meanY + (oldY - beforeY));
    s[o + MXY] += deltaX * (y - meanY) + deltaY * (oldX - beforeX);
    if (s[o + MXX] > s[o + 11]) s[o + 11] = s[o + MXX];
    if (s[o + MYY] > s[o + 12]) s[o + 12] = s[o + MYY];
    const shrunk = s[o + MXX] * SHRINK < s[o + 11] || s[o + MYY] * SHRINK < s[o + 12];
    if (++s[o + 13] === REBUILD_WINDOWS * window || shrunk) rebuild(s, o, ring, next, window);
  }
  if (s[o + 2] >= window) {
    s[o + 6] = x;
    s[o + MXX] = 0;
    s[o + MXY] = 0;
  }
  if (s[o + 4] >= window) {
    s[o + 7] = y;
    s[o + MYY] = 0;
    s[o + MXY] = 0;
  }
  return true;
}

function rebuild(s: Float64Array, o: number, ring: number, oldest: number, window: number): void {
  let sumX = 0;
  let sumY = 0;
  for (let t = 0; t < window; t++) {
    const slot = ring + 2 * ((oldest + t) % window);
    sumX += s[slot];
    sumY += s[slot + 1];
  }
  const meanX = sumX / window;
  const meanY = sumY / window;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let t = 0; t < window; t++) {
    const slot = ring + 2 * ((oldest + t) % window);
    const dx = s[slot] - meanX;
    const dy = s[slot + 1] - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  s.set([meanX, meanY, xx, yy, xy, xx, yy, 0], o + 6);
}
