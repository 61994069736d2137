import { integer } from './schema/texts';
import type { Zod } from './schema/wire-document';

/** Longest indicator window of a Strategy JSON, in bars. */
export const LONGEST_WINDOW = 10_000;

/** How large a position is: 1, or what keeps the volatility at `annual`, at most `cap`, of the last `window` returns. */
export const sizing = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed') }),
    z.strictObject({
      kind: z.literal('volatility_target'),
      annual: z.number().gt(0),
      window: integer(z).min(2).max(LONGEST_WINDOW),
      cap: z.number().gt(0),
      rebalance: z.enum(['bar', 'entry']),
    }),
  ]);

const bps = (z: Zod) => z.number().min(0).max(10_000);

/** Costs per side in basis points of the traded notional; 0 is legal and stays 0. */
export const costs = (z: Zod) => z.strictObject({ fee_bps: bps(z), slippage_bps: bps(z), spread_bps: bps(z) });
