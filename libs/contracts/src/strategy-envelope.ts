import { instant, integer, newId, ticker } from './schema/texts';
import type { Zod } from './schema/wire-document';
import { TIMEFRAMES } from './timeframes';

/** The id of the published example; in a document it asks for a new one. */
export const PLACEHOLDER_ID = 'auto-generated-uuid';

/** The fields that every Strategy JSON carries. */
export const strategyEnvelope = (z: Zod) => ({
  strategy_id: newId(z, PLACEHOLDER_ID).meta({ description: 'Made when absent.' }).optional(),
  name: z.string().max(255).meta({ description: 'Made of the parts when absent or empty.' }).optional(),
  /** The revision of the content, not the row's lock. */
  version: integer(z).min(1).default(1),
  created_at: instant(z).optional(),
  ticker: ticker(z),
  trading_period: integer(z).min(1),
  /** Default `1d`. */
  timeframe: z.enum(TIMEFRAMES).optional(),
});

/** A document as sent, after it has got the id and the name it may have lacked. */
export type Named<D extends { strategy_id?: string; name?: string }> = Omit<D, 'strategy_id' | 'name'> & {
  strategy_id: string;
  name: string;
};
