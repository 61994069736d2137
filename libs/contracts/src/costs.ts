import { must } from './schema/must';
import type { Zod } from './schema/wire-document';

const MOST_TIERS = 16;

const bps = (z: Zod) => z.number().min(0).max(10_000);
const amount = (z: Zod) => z.number().gt(0);

/**
 * From a month's traded total of `from` on (units or notional before the order, by the UTC month of the bar), the fees of a
 * level take the place of those stated outside the tiers.
 */
const tiers = (z: Zod) =>
  z
    .strictObject({
      by: z.enum(['volume', 'notional']),
      levels: z
        .array(
          z.strictObject({
            from: amount(z),
            fee_bps: bps(z).optional(),
            per_share: z.number().min(0).optional(),
          }),
        )
        .min(1)
        .max(MOST_TIERS),
    })
    .refine(({ levels }) => levels.every(({ from }, i) => i === 0 || from > levels[i - 1].from), {
      path: ['levels'],
      error: must('ascending', 'have a rising from'),
    });

/** What an order costs by what it takes of the bar's volume: `coefficient_bps` at the whole of it, by share or its root below. */
const impact = (z: Zod) =>
  z.strictObject({
    kind: z.enum(['linear', 'square_root']),
    coefficient_bps: z.number().gt(0).max(10_000),
  });

/** What absent means nothing of: costs that a document may leave out. */
const further = (z: Zod) => ({
  per_share: amount(z).meta({ description: 'currency per unit' }).optional(),
  fixed_fee: amount(z).meta({ description: 'per order; needs capital' }).optional(),
  minimum_fee: amount(z).meta({ description: 'least fee of an order; needs capital' }).optional(),
  tiers: tiers(z).meta({ description: 'fees by what was traded in the month; needs capital' }).optional(),
  impact: impact(z).meta({ description: "slippage by share of the bar's volume; needs capital and volume" }).optional(),
  borrow_bps_per_year: z
    .number()
    .gt(0)
    .max(100_000)
    .meta({ description: 'on short notional, by elapsed time / 365 days' })
    .optional(),
  funding_column: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'column of the rate that longs pay shorts at the open of its bar; empty where none is due' })
    .optional(),
});

/** Basis points per side of the traded notional, 0 is legal and stays 0; and what else a position costs. */
export const costs = (z: Zod) =>
  z.strictObject({ fee_bps: bps(z), slippage_bps: bps(z), spread_bps: bps(z), ...further(z) });
