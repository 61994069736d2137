import type { RuleTree } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { Rng } from '@assay/quant';
import { documentOf } from './documents';
import type { Trial } from './judged-trial';

/** The extra column that says what a trial holds from the next open on. */
const HELD = 'held';

const FOLLOWS: RuleTree = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: HELD, operator: '>', value: 0 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: HELD, operator: '<=', value: 0 }] },
  ],
};

const LONG_ONLY = documentOf({ ruleTree: FOLLOWS, isLongShort: false });
const LONG_SHORT = documentOf({ ruleTree: FOLLOWS, isLongShort: true });

/** A strategy that is long where the column is above 0, else flat or short. */
export const heldTrial = (bars: BarColumns, held: Float64Array, isLongShort: boolean): Trial => ({
  document: isLongShort ? LONG_SHORT : LONG_ONLY,
  bars: { ...bars, extra: { [HELD]: held } },
});

/** What such a trial holds. */
export const heldOf = ({ bars }: Trial): Float64Array => bars.extra[HELD];

/** Mean bars of a stay, from days to a quarter. */
const SHORTEST_STAY = 2;
const LONGEST_STAY = 63;

/**
 * Positions that know nothing: in or out for stays of geometric length, whose mean is drawn too (evenly in logarithms), as is the share of
 * bars it is in, 20 to 80 %. With `isLongShort` out is short.
 */
export function randomPositions(rng: Rng, n: number): Float64Array {
  const stay = SHORTEST_STAY * (LONGEST_STAY / SHORTEST_STAY) ** rng.next();
  const share = 0.2 + 0.6 * rng.next();
  const held = new Float64Array(n);
  let isIn = rng.next() < share;
  for (let t = 0; t < n; t++) {
    if (rng.next() < 1 / stay) isIn = rng.next() < share;
    held[t] = isIn ? 1 : -1;
  }
  return held;
}
