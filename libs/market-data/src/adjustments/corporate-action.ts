export const ACTION_KINDS = ['split', 'dividend'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A change of what a share is, or a payment to who holds it. */
export interface CorporateAction {
  /** First date, YYYY-MM-DD of the market, on which the price is without it. */
  exDate: string;
  kind: ActionKind;
  /**
   * Split: new shares for an old one (2 is two for one, 0.1 one for ten). Dividend: amount per share in the currency of
   * the prices, per share as they are on the ex-date, so after a split of that date.
   */
  value: number;
}

/** An action as it is stated. */
export interface StatedAction extends CorporateAction {
  /** When it became known, UTC milliseconds; null: not said. */
  availableAtMs: number | null;
}

/** By ex-date; the split of a date before its dividend, which is paid per new share. */
export function inOrder<A extends CorporateAction>(actions: readonly A[]): A[] {
  const rank = ({ kind }: CorporateAction): number => ACTION_KINDS.indexOf(kind);
  return [...actions].sort((a, b) => (a.exDate === b.exDate ? rank(a) - rank(b) : a.exDate < b.exDate ? -1 : 1));
}

export const actionText = ({ exDate, kind, value }: CorporateAction): string =>
  kind === 'split' ? `the split of ${exDate} (${value} for 1)` : `the dividend of ${exDate} (${value} a share)`;
