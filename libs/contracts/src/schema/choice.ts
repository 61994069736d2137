import type { core, ZodUnion } from 'zod';
import type { Zod } from './wire-document';

/**
 * Alternatives of which a value says by its shape which one it means to be: it is read as that one and told what that one finds.
 * @param meant index of the alternative
 */
export function choice<const T extends readonly core.SomeType[]>(
  z: Zod,
  options: T,
  meant: (value: unknown) => number,
): ZodUnion<T> {
  const Choice = z.core.$constructor<ZodUnion, core.$ZodUnionDef>('Choice', (made, def) => {
    z.ZodUnion.init(made, def);
    made._zod.parse = (payload, context) => def.options[meant(payload.value)]._zod.run(payload, context);
  });
  const alternatives: readonly unknown[] = options;
  const whole: unknown = new Choice({ type: 'union', options: alternatives as readonly core.$ZodType[] });
  return whole as ZodUnion<T>;
}
