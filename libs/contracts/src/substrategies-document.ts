import { hasMarginAlone, marginAlone } from './margin-alone';
import { entryOrder, protection } from './protection';
import { integer } from './schema/texts';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';
import { LONGEST_WINDOW, sizing } from './sizing';
import { strategyEnvelope, type Named } from './strategy-envelope';

export const STRATEGY_INDICATORS = [
  'get_sma',
  'get_ema',
  'get_rsi',
  'get_bollinger_band',
  'get_stochastic_oscillator',
] as const;
export type StrategyIndicator = (typeof STRATEGY_INDICATORS)[number];

export const SIGNAL_FUNCTIONS = [
  'momentum_band_signal',
  'reversion_band_signal',
  'momentum_bounded_signal',
  'reversion_bounded_signal',
  'momentum_band_signal_long_only',
  'reversion_band_signal_long_only',
  'momentum_bounded_signal_long_only',
  'reversion_bounded_signal_long_only',
] as const;
export type SignalFunction = (typeof SIGNAL_FUNCTIONS)[number];

export const MOST_SUBSTRATEGIES = 16;

/** What one substrategy computes. */
const computed = (z: Zod) => ({
  indicator: z.enum(STRATEGY_INDICATORS),
  signal_func: z.enum(SIGNAL_FUNCTIONS),
  window: integer(z).min(1).max(LONGEST_WINDOW),
  signal: z.number(),
  data_column: z.string().min(1).default('v'),
});

/** The bounds that an indicator sets: the reader in the domain takes them from its catalogue. */
const BOUNDS_OF_INDICATORS = [
  {
    if: { properties: { indicator: { const: 'get_bollinger_band' } }, required: ['indicator'] },
    then: { properties: { window: { minimum: 2 } } },
  },
  {
    if: { properties: { indicator: { enum: ['get_rsi', 'get_stochastic_oscillator'] } }, required: ['indicator'] },
    then: { properties: { signal: { minimum: 0, maximum: 100 } } },
  },
];

const PAIR_OF_FILTER = {
  if: { properties: { conjunction: { const: 'FILTER' } }, required: ['conjunction'] },
  then: { properties: { substrategies: { minItems: 2, maxItems: 2 } } },
};

/** A substrategies Strategy JSON, as the seed defines it plus our optional fields. */
export const substrategiesDocument = () =>
  new WireDocument('urn:assay:schema:strategy-substrategies:v1', (z) => {
    const substrategy = z.strictObject({ id: integer(z).min(1), ...computed(z) }).meta({ allOf: BOUNDS_OF_INDICATORS });
    return z
      .strictObject({
        ...strategyEnvelope(z),
        /** Default when absent. */
        kind: z.literal('substrategies').optional(),
        conjunction: z.enum(['AND', 'OR', 'FILTER']),
        substrategies: z.array(substrategy).min(1).max(MOST_SUBSTRATEGIES),
        sizing: sizing(z).optional(),
        protection: protection(z).optional(),
        entry_order: entryOrder(z).optional(),
      })
      .refine(hasMarginAlone, marginAlone)
      .meta({ allOf: [PAIR_OF_FILTER] });
  });

export type IndicatorKey = 'indicator' | 'indicator_name';

/** The older form, which is read but not published: its one substrategy stands at the top, its indicator under either name. */
export const legacyStrategyDocument = <K extends IndicatorKey>(key: K) =>
  new WireDocument('urn:assay:schema:strategy-legacy:v1', (z) => {
    const { indicator, ...fields } = computed(z);
    const named = { [key]: indicator } as Record<K, typeof indicator>;
    return z.strictObject({
      ...strategyEnvelope(z),
      conjunction: z.enum(['AND', 'OR']).default('AND'),
      ...named,
      ...fields,
    });
  });

export type SubstrategiesDocument = Named<DocumentOf<ReturnType<typeof substrategiesDocument>>>;
export type Substrategy = SubstrategiesDocument['substrategies'][number];
export type Conjunction = SubstrategiesDocument['conjunction'];
export type Sizing = NonNullable<SubstrategiesDocument['sizing']>;
