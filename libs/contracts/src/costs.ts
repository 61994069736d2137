import type { Zod } from './schema/wire-document';

const bps = (z: Zod) => z.number().min(0).max(10_000);

/** Costs per side in basis points of the traded notional; 0 is legal and stays 0. */
export const costs = (z: Zod) => z.strictObject({ fee_bps: bps(z), slippage_bps: bps(z), spread_bps: bps(z) });
