import type { UniverseDocument, UniverseMember } from '@assay/contracts';
import { dayOf } from './trading-days';

/** The symbols of a document in the order that every result has them in: by their characters, whatever the document's. */
export const sortedMembers = ({ universe }: Pick<UniverseDocument, 'universe'>): UniverseMember[] =>
  [...universe].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));

/** Who is a member when. */
export class Membership {
  /** First and last day of each span, pair after pair; null where a symbol is always a member. */
  private readonly spans: readonly (Float64Array | null)[];

  constructor(members: readonly UniverseMember[]) {
    this.spans = members.map(({ spans }) =>
      spans === undefined
        ? null
        : Float64Array.from(
            spans.flatMap(({ from, to }) => [
              from === undefined ? -Infinity : dayOf(from),
              to === undefined ? Infinity : dayOf(to),
            ]),
          ),
    );
  }

  has(symbol: number, day: number): boolean {
    const spans = this.spans[symbol];
    if (spans === null) return true;
    for (let k = 0; k < spans.length; k += 2) if (day >= spans[k] && day <= spans[k + 1]) return true;
    return false;
  }

  /** Whether something held over the next bar is a member all the while. */
  stays(symbol: number, day: number, next: number): boolean {
    return this.spans[symbol] === null || (this.has(symbol, day) && this.has(symbol, next));
  }
}
