import type { UniverseDocument } from '@assay/contracts';
import { Membership, sortedMembers, type UniversePanel } from '@assay/domain';

/**
 * Close-to-close return of all members with the same weight each, without costs: the mean over those that have a bar
 * there and one before; 0 where none has. Shape: a value a bar.
 */
export function universeBenchmark(document: UniverseDocument, panel: UniversePanel): Float64Array {
  const membership = new Membership(sortedMembers(document));
  const { close, days, symbols } = panel;
  const n = days.length;
  const returns = new Float64Array(n);
  const counts = new Float64Array(n);
  for (let i = 0; i < symbols.length; i++) {
    for (let t = 1, cell = i * n + 1; t < n; t++, cell++) {
      const move = close[cell] / close[cell - 1] - 1;
      if (move !== move || !membership.has(i, days[t])) continue;
      returns[t] += move;
      counts[t] += 1;
    }
  }
  for (let t = 0; t < n; t++) if (counts[t] > 0) returns[t] = returns[t]! / counts[t]!;
  return returns;
}
