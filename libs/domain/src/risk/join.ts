/**
 * Whether a deployment may send orders yet. `now`: at once. `next_entry`: once the target is another than the one
 * that stood when it was deployed (none counts as another). It delays orders only, never the logged target.
 */
export function hasJoined(
  join: 'now' | 'next_entry',
  joinedBefore: boolean,
  signalAtStart: number | null,
  signal: number | null,
): boolean {
  return join === 'now' || joinedBefore || (signal !== null && signal !== signalAtStart);
}
