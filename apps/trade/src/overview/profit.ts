import { Decimal, toWire } from '@assay/primitives';

export interface Flow {
  /** Sales less purchases and fees. */
  flow: string;
  /** Bought less sold. */
  qty: string;
}

export interface DayInput {
  /** Signed quantity now. */
  qty: string;
  /** Newest known price; null without one. */
  mark: string | null;
  /** What moved since the day began. */
  moved: Flow;
  /** Newest price known before the day began; null without one. */
  markBefore: string | null;
}

const worth = (qty: Decimal, mark: string | null): Decimal | null =>
  qty.isZero() ? new Decimal(0) : mark === null ? null : qty.times(mark);

/**
 * Profit since the day began, after fees: what was sold less what was bought, plus what is held now, less what was held then. Null where
 * something is or was held whose price is not known.
 */
export function dayProfit({ qty, mark, moved, markBefore }: DayInput): string | null {
  const now = worth(new Decimal(qty), mark);
  const before = worth(new Decimal(qty).minus(moved.qty), markBefore);
  return now && before && toWire(now.minus(before).plus(moved.flow));
}

export interface ProfitPoint {
  at: Date;
  price: string | null;
  /** Signed quantity held then. */
  qty: string;
  /** Profit since the deployment began, after fees; null where something is held and no price is known. */
  profit: string | null;
}

/**
 * Profit at each mark: all fills up to it, and what is held at its price.
 *
 * @param before what all fills up to the first mark come to
 * @param flows fills after the first mark, oldest first
 * @param marks oldest first
 */
export function profitSeries(
  before: Flow,
  flows: readonly (Flow & { at: Date })[],
  marks: readonly { at: Date; price: string | null }[],
): ProfitPoint[] {
  let [flow, qty, next] = [new Decimal(before.flow), new Decimal(before.qty), 0];
  return marks.map(({ at, price }) => {
    for (; next < flows.length && flows[next]!.at <= at; next += 1) {
      flow = flow.plus(flows[next]!.flow);
      qty = qty.plus(flows[next]!.qty);
    }
    const held = worth(qty, price);
    return { at, price, qty: toWire(qty), profit: held && toWire(flow.plus(held)) };
  });
}
