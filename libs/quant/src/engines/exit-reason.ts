/**
 * Why a portfolio gave up a symbol unasked: its membership ended, it has no bar any more, or the other leg of its pair
 * is gone.
 */
export type ExitReason = 'left_universe' | 'no_bars' | 'partner_left';
