type Promotion = Readonly<Record<string, unknown>>;

/** Whether the newest promotion of a revision, of all of a strategy with the oldest first, is under the policy that is good for paper alone. */
export const isPromotedForPaper = (promotions: readonly Promotion[], revision: number): boolean =>
  promotions.filter((one) => one.revision === revision && one.action === 'promoted').at(-1)?.policy === 'exploratory';
