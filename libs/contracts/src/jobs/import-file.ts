import { integer, sha256, uuid } from '../schema/texts';
import type { Stated, Zod } from '../schema/wire-document';

/** How a file of bars is read where its content does not settle it. */
const reading = (z: Zod) =>
  z.strictObject({
    name: z.string().optional(),
    zone: z.string().optional(),
    date_format: z.enum(['dd/mm/yyyy', 'mm/dd/yyyy']).optional(),
    decimal: z.enum(['point', 'comma']).optional(),
    columns: z.string().optional(),
    sort: z.boolean().optional(),
    skip_bad: z.boolean().optional(),
    strict: z.boolean().optional(),
  });

export const importFilePayload = (z: Zod) =>
  z.strictObject({
    /** The file, where the uploads of the installation are kept until the job has ended. */
    upload: z.strictObject({ id: uuid(z), bytes: integer(z), sha256: sha256(z) }),
    source: z.string(),
    symbol: z.string(),
    timeframe: z.string(),
    market: z.string(),
    adjust: z.enum(['none', 'adj_close']),
    /** What becomes of columns of dividends and splits; without it they are kept as columns. */
    actions: z.enum(['none', 'from_columns', 'dividends_from_columns']).optional(),
    synthetic: z.boolean(),
    outside_sessions: z.enum(['refuse', 'drop', 'keep']),
    reading: reading(z),
    /** Whether who asked for it may change stored bars. */
    may_correct: z.boolean(),
  });
export type ImportFilePayload = Stated<typeof importFilePayload>;
