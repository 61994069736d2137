import type { UniverseDocument } from '@assay/contracts';
import { Membership, sortedMembers } from './membership';
import type { UniversePanel } from './panel';

/** A stretch in which a member has no bar although another has one. */
export interface Absence {
  symbol: string;
  /** Open times of its first and last bar of the panel. */
  fromMs: number;
  toMs: number;
  /** Bars of the panel that are missing. */
  missing: number;
}

/** Every absence of bars [from, to), by symbol and time: a member without a bar is not held, ranked or compared there. */
export function absencesOf(
  document: Pick<UniverseDocument, 'universe'>,
  panel: UniversePanel,
  from = 0,
  to = panel.openTimeMs.length,
): Absence[] {
  const membership = new Membership(sortedMembers(document));
  const { openTimeMs, close, days, symbols } = panel;
  const n = openTimeMs.length;
  return symbols.flatMap((symbol, i) => {
    const found: Absence[] = [];
    let since = -1;
    for (let t = from; t <= to; t++) {
      const isAbsent = t < to && close[i * n + t] !== close[i * n + t] && membership.has(i, days[t]);
      if (isAbsent && since < 0) since = t;
      if (isAbsent || since < 0) continue;
      found.push({ symbol, fromMs: openTimeMs[since], toMs: openTimeMs[t - 1], missing: t - since });
      since = -1;
    }
    return found;
  });
}
