/**
 * The signal of a weight that stops, targets or entry orders may have changed: the strategy's own where they left the
 * weight alone, else 0 where they keep the position out.
 */
export function ruledSignal(signal: number, wanted: number, weight: number): number {
  return weight === 0 && wanted !== 0 ? 0 : signal;
}
