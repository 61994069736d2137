import type { ZodObject, ZodRawShape, ZodType } from 'zod';
import type { Zod } from './wire-document';

/** An object that may have further fields, such as those of a newer publisher: they are kept, and their names are no mistakes. */
export const open = <S extends ZodRawShape>(z: Zod, shape: S): ZodObject<S> =>
  z.looseObject(shape) as unknown as ZodObject<S>;

/** An object whose inside another reader looks at: here it only has to be one. */
export const objectOf = <T extends object>(z: Zod): ZodType<T> => z.looseObject({}) as unknown as ZodType<T>;
