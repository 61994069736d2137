import { objectOf, open } from '../schema/objects';
import { integer, uuid } from '../schema/texts';
import type { Stated, Zod } from '../schema/wire-document';

const notes = (z: Zod) => z.array(objectOf(z));

/** What an import of bars found and stored. */
export const importedBars = (z: Zod) =>
  open(z, {
    series_id: uuid(z),
    /** Bars in the file that were imported. */
    bars: integer(z),
    inserted: integer(z),
    updated: integer(z),
    unchanged: integer(z),
    first: z.string(),
    last: z.string(),
    extra_columns: z.array(z.string()),
    synthetic: z.boolean(),
    /** How the file was read where it is no plain one: code, message and line. */
    recognised: notes(z),
    /** What was changed, such as rows turned round: code, message, line and count. */
    repairs: notes(z),
    /** `unclosed_bar`, `outside_sessions` (both left out) or `unadjusted_split`, with code, message, count, share and sample. */
    warnings: notes(z),
    /** An error forbids promotion. */
    quality: open(z, { id: uuid(z), errors: notes(z), warnings: notes(z) }),
    fingerprint: z.string(),
    /** Corporate actions that columns of the file gave, where they were asked for. */
    actions: open(z, { added: integer(z), changed: integer(z), unchanged: integer(z) })
      .nullable()
      .optional(),
  });
export type ImportedBars = Stated<typeof importedBars>;
