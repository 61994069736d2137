import { integer } from './schema/texts';
import type { Zod } from './schema/wire-document';

/** Out-of-sample predictions before `train_end`: refit every `every` bars on all bars known by then, at least `min_train`. */
export const refit = (z: Zod) => z.strictObject({ every: integer(z).min(1), min_train: integer(z).min(2) });
