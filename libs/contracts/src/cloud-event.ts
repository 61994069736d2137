import type { ZodType } from 'zod';
import { open } from './schema/objects';
import { instant, integer, uuid } from './schema/texts';
import type { Stated, Zod } from './schema/wire-document';

/** CloudEvents 1.0 envelope with our extension attributes. */
export const cloudEvent = <T extends string, D extends ZodType>(z: Zod, type: ZodType<T>, data: D) =>
  open(z, {
    specversion: z.literal('1.0'),
    id: uuid(z),
    /** `/assay/research` or `/assay/trade`. */
    source: z.string(),
    type,
    /** `<aggregate kind>/<aggregate id>`. */
    subject: z.string(),
    time: instant(z),
    datacontenttype: z.literal('application/json'),
    sequence: integer(z)
      .min(1)
      .meta({ description: 'rises by one per aggregate; consumers ignore what is lower than the last they saw' }),
    correlationid: z.string(),
    actor: uuid(z).nullable().meta({ description: 'user id of whoever caused it' }),
    data,
  });

type Envelope = Stated<(z: Zod) => ReturnType<typeof cloudEvent>>;
export type CloudEvent<T = unknown> = Omit<Envelope, 'data'> & { data: T };
