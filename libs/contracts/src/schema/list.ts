import type { core, ZodArray, ZodType } from 'zod';
import type { Zod } from './wire-document';

/** A list whose length is judged before its items are: one that is too long costs nothing and has one problem. */
export function list<T extends ZodType>(z: Zod, item: T, { min = 0, max }: { min?: number; max: number }): ZodArray<T> {
  const List = z.core.$constructor<ZodArray<T>, core.$ZodArrayDef<T>>('List', (made, def) => {
    z.ZodArray.init(made, def);
    const readItems = made._zod.parse;
    made._zod.parse = (payload, context) =>
      Array.isArray(payload.value) && payload.value.length > max ? payload : readItems(payload, context);
  });
  const whole = new List({ type: 'array', element: item }).max(max);
  return min > 0 ? whole.min(min) : whole;
}
