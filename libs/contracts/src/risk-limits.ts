import type { ZodNumber, ZodObject, ZodOptional, ZodType } from 'zod';
import { amount, integer } from './schema/texts';
import type { Zod } from './schema/wire-document';

/** A `decimal` is an amount that is not negative and has no bounds of its own. */
type RiskLimitSpec = {
  readonly description: string;
  /** Which change of it allows more; on a live deployment that waits for a person's word. */
  readonly allowsMore: 'larger' | 'smaller';
} & (
  | { readonly type: 'decimal'; readonly default: string }
  | {
      readonly type: 'integer' | 'number';
      /** Null: no limit of its own. */
      readonly default: number | null;
      readonly min?: number;
      readonly exclusiveMin?: number;
      readonly max?: number;
    }
);

/** What a deployment may limit, each with the value that is in force where its document says nothing. */
const RISK_LIMITS = {
  max_position_usd: {
    type: 'decimal',
    default: '10000',
    allowsMore: 'larger',
    description: 'Largest position value in US dollars.',
  },
  max_daily_trades: {
    type: 'integer',
    min: 0,
    default: 10,
    allowsMore: 'larger',
    description: 'Entries per trading day.',
  },
  stop_loss_pct: {
    type: 'number',
    exclusiveMin: 0,
    max: 100,
    default: null,
    allowsMore: 'larger',
    description: 'Loss in percent that flattens; absent: the stop of the strategy, where it has one, and no other.',
  },
} as const satisfies Readonly<Record<string, RiskLimitSpec>>;

type Specs = typeof RISK_LIMITS;
export type RiskLimitName = keyof Specs;
type ValueOf<S extends RiskLimitSpec> = S['type'] extends 'decimal' ? string | number : number;

/** The limits in force, every one of them; null where there is none. */
export type EffectiveRiskLimits = {
  [N in RiskLimitName]: ValueOf<Specs[N]> | (Specs[N]['default'] extends null ? null : never);
};
/** The limits as a document states them. */
export type RiskLimits = Partial<EffectiveRiskLimits>;

export const riskLimitSpecs = Object.entries(RISK_LIMITS) as unknown as readonly (readonly [
  RiskLimitName,
  RiskLimitSpec,
])[];

const eachLimit = <T>(valueOf: (spec: RiskLimitSpec) => T): Record<RiskLimitName, T> =>
  Object.fromEntries(riskLimitSpecs.map(([name, spec]) => [name, valueOf(spec)])) as Record<RiskLimitName, T>;

export const DEFAULT_RISK_LIMITS = eachLimit((limit) => limit.default) as EffectiveRiskLimits;

type Shape = { [N in RiskLimitName]: ZodOptional<ZodType<EffectiveRiskLimits[N]>> };

/** `risk_limits` of a Deployment JSON. */
export const riskLimits = (z: Zod): ZodObject<Shape> =>
  z.strictObject(
    eachLimit((limit) =>
      limitSchema(z, limit)
        .meta({ ...(limit.default === null ? {} : { default: limit.default }), description: limit.description })
        .optional(),
    ) as Shape,
  );

function limitSchema(z: Zod, limit: RiskLimitSpec): ZodType<string | number> {
  if (limit.type === 'decimal') return amount(z);
  const { min, exclusiveMin, max } = limit;
  let schema: ZodNumber = limit.type === 'integer' ? integer(z) : z.number();
  if (min !== undefined) schema = schema.min(min);
  if (exclusiveMin !== undefined) schema = schema.gt(exclusiveMin);
  if (max !== undefined) schema = schema.max(max);
  return schema;
}
