import { must } from './schema/must';
import { integer } from './schema/texts';
import type { Zod } from './schema/wire-document';

/** Longest indicator window of a Strategy JSON, in bars. */
export const LONGEST_WINDOW = 10_000;
const MOST_LEVERAGE = 100;
/** Fewest returns a mean and a variance may be estimated from. */
const FEWEST_RETURNS = 2;

const window = (z: Zod) => integer(z).min(2).max(LONGEST_WINDOW);
const cap = (z: Zod) => z.number().gt(0);
const rebalance = (z: Zod) => z.enum(['bar', 'entry']);

/**
 * The largest gross exposure over equity, and when a margin call comes: equity / gross exposure below `maintenance` at a
 * close. The next fill then closes the position, or reduces it to `max`. Absent: neither bound nor call.
 */
const leverage = (z: Zod) =>
  z
    .strictObject({
      max: z.number().gt(0).max(MOST_LEVERAGE).meta({ description: 'gross exposure / equity at most' }),
      margin: z
        .strictObject({
          maintenance: z.number().gt(0).lt(1).meta({ description: 'equity / gross exposure at least, at each close' }),
          on_call: z.enum(['close', 'reduce']),
        })
        .optional(),
    })
    .refine(({ max, margin }) => margin === undefined || max * margin.maintenance < 1, {
      path: ['margin', 'maintenance'],
      error: must('below_initial_margin', 'be below 1 / leverage.max'),
    })
    .optional();

/**
 * How large a position is, as a share of equity. `fixed`: 1. `percent_of_equity`: `fraction`. `volatility_target`: what keeps the
 * volatility of the last `window` returns at `annual`. `atr_risk`: what loses `risk` of equity over `multiple` average true ranges
 * of `window`. `kelly`: `fraction` of mean / variance of the returns that the signals of the past made, the last `window` of them or
 * all (`expanding`), undefined below `min_returns`. The last three at most `cap`; all at most `leverage.max`.
 */
export const sizing = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), leverage: leverage(z) }),
    z.strictObject({ kind: z.literal('percent_of_equity'), fraction: z.number().gt(0), leverage: leverage(z) }),
    z.strictObject({
      kind: z.literal('volatility_target'),
      annual: z.number().gt(0),
      window: window(z),
      cap: cap(z),
      rebalance: rebalance(z),
      leverage: leverage(z),
    }),
    z.strictObject({
      kind: z.literal('atr_risk'),
      risk: z.number().gt(0).max(1),
      multiple: z.number().gt(0),
      window: integer(z).min(1).max(LONGEST_WINDOW),
      cap: cap(z),
      rebalance: rebalance(z),
      leverage: leverage(z),
    }),
    z
      .strictObject({
        kind: z.literal('kelly'),
        fraction: z.number().gt(0).max(1),
        window: z.union([z.literal('expanding'), window(z)], must('type', 'be expanding or a whole number of returns')),
        min_returns: integer(z).min(FEWEST_RETURNS).max(LONGEST_WINDOW),
        cap: cap(z),
        rebalance: rebalance(z),
        leverage: leverage(z),
      })
      .refine(({ window: of, min_returns }) => of === 'expanding' || min_returns <= of, {
        path: ['min_returns'],
        error: must('at_most_window', 'be at most window'),
      }),
  ]);
