import { costs } from './costs';
import { MARKETS } from './markets';
import { columnName, feature, MOST_FEATURES } from './pipeline-document';
import { must } from './schema/must';
import { date, integer, ticker, trimmed } from './schema/texts';
import { WireDocument, type DocumentOf, type Zod } from './schema/wire-document';
import { LONGEST_WINDOW } from './sizing';
import { strategyEnvelope, type Named } from './strategy-envelope';
import { TIMEFRAMES } from './timeframes';

export const MOST_SYMBOLS = 5000;
const MOST_SPANS = 100;
const MOST_PAIRS = 200;
const MOST_TERMS = 16;

/** What is made of a column across the symbols of one time. */
export const CROSS_SECTION_KINDS = ['rank', 'percentile', 'z_score', 'demean'] as const;
/** Sessions of a week or month at which a portfolio is made anew. */
export const REBALANCE_SESSIONS = ['first', 'last'] as const;

/** A stretch of membership; both dates are members, an absent one leaves that side open. */
const span = (z: Zod) => z.strictObject({ from: date(z).optional(), to: date(z).optional() });

/** One symbol of the universe. Without spans it is always a member. */
const member = (z: Zod) =>
  z.union(
    [
      ticker(z),
      z.strictObject({
        symbol: ticker(z),
        group: trimmed(z, 64)
          .meta({ description: 'Such as a sector: what neutral weights and groups go by.' })
          .optional(),
        currency: trimmed(z, 12)
          .meta({ description: 'That it is quoted in: what the rates of an account in another currency go by.' })
          .optional(),
        spans: z.array(span(z)).min(1).max(MOST_SPANS).optional(),
      }),
    ],
    must('type', 'be a symbol, or an object with one'),
  );

const within = (z: Zod) =>
  z
    .enum(['universe', 'group'])
    .meta({ description: 'Which symbols are compared with each other.' })
    .default('universe');

/** A column across symbols: of the members that have a bar and a value at that time, never of other times. */
const crossSection = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      name: columnName(z),
      kind: z.enum(CROSS_SECTION_KINDS),
      of: z.string().min(1),
      within: within(z),
    }),
    z.strictObject({
      name: columnName(z),
      kind: z.literal('combine').meta({ description: 'The weighted sum of columns.' }),
      terms: z
        .array(z.strictObject({ of: z.string().min(1), weight: z.number() }))
        .min(1)
        .max(MOST_TERMS),
    }),
  ]);

const count = (z: Zod) => integer(z).min(1).max(MOST_SYMBOLS);

/** Which symbols are held, by the score: the highest are long, but for `bottom`, which is long the lowest. */
const select = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('top'), k: count(z) }),
    z.strictObject({ kind: z.literal('bottom'), k: count(z) }),
    z.strictObject({ kind: z.literal('long_short'), long: count(z), short: count(z) }),
    z.strictObject({
      kind: z.literal('quantile'),
      quantiles: integer(z).min(2).max(100),
      legs: z.enum(['long', 'short', 'long_short']),
    }),
  ]);

const window = (z: Zod) => integer(z).min(2).max(LONGEST_WINDOW);

/** How a leg is shared among its symbols. */
const weighting = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('equal') }),
    z.strictObject({ kind: z.literal('score') }),
    z.strictObject({ kind: z.literal('inverse_volatility'), window: window(z) }),
  ]);

/** At which closes the portfolio is made anew. */
const rebalance = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bars'), every: integer(z).min(1).max(LONGEST_WINDOW) }),
    z.strictObject({ kind: z.literal('weekly'), session: z.enum(REBALANCE_SESSIONS) }),
    z.strictObject({ kind: z.literal('monthly'), session: z.enum(REBALANCE_SESSIONS) }),
  ]);

const gross = (z: Zod) =>
  z.number().gt(0).max(100).meta({ description: 'Most of all weights together, by size.' }).default(1);

const ranked = (z: Zod) =>
  z.strictObject({
    kind: z.literal('ranked'),
    score: z.string().min(1).meta({ description: 'Name of the feature or cross-section that ranks the symbols.' }),
    select: select(z),
    weighting: weighting(z),
    neutral: z
      .enum(['none', 'group'])
      .meta({ description: 'With `group` the selection is made within each group, and all groups weigh the same.' })
      .default('none'),
    gross: gross(z),
    net: z
      .number()
      .min(-100)
      .max(100)
      .meta({
        description: 'Long less short, for selections with both legs; the others are as long or short as `gross`.',
      })
      .default(0),
    max_weight: z
      .number()
      .gt(0)
      .max(100)
      .nullable()
      .meta({ description: 'Most of one symbol, by size; what it cuts off goes to the others of its leg.' })
      .default(null),
    buffer: integer(z)
      .min(0)
      .max(MOST_SYMBOLS)
      .meta({ description: 'Places by which a held symbol may fall behind before it is given up.' })
      .default(0),
    rebalance: rebalance(z),
  });

/** How many units of x hedge one of y, from bars before the one it is used on. */
const hedge = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rolling_ols'), window: window(z).min(3), z_window: window(z) }),
    z.strictObject({ kind: z.literal('expanding_ols'), min_bars: window(z).min(3), z_window: window(z) }),
    z.strictObject({
      kind: z.literal('kalman'),
      delta: z.number().gt(0).lt(1).default(1e-4),
      observation_variance: z.number().gt(0).max(1e6).default(1e-3),
      min_bars: window(z).default(60),
    }),
  ]);

const pairs = (z: Zod) =>
  z.strictObject({
    kind: z.literal('pairs'),
    pairs: z
      .array(z.strictObject({ y: ticker(z), x: ticker(z) }))
      .min(1)
      .max(MOST_PAIRS),
    prices: z.enum(['log', 'level']).meta({ description: 'What the spread is made of.' }).default('log'),
    hedge: hedge(z),
    entry_z: z.number().gt(0).max(100),
    exit_z: z.number().min(0).max(100).default(0),
    stop_z: z.number().gt(0).max(100).nullable().default(null),
    gross: gross(z),
  });

/** What every symbol of a portfolio costs, per side in basis points of the traded notional. */
const proportionalCosts = (z: Zod) => {
  const { fee_bps, slippage_bps, spread_bps } = costs(z).shape;
  return z.strictObject({ fee_bps, slippage_bps: slippage_bps.default(0), spread_bps: spread_bps.default(0) });
};

/** A strategy over many symbols with one capital: what is compared across them, and the portfolio that is made of it. */
export const universeDocument = () =>
  new WireDocument('urn:assay:schema:strategy-universe:v1', (z) => {
    const { ticker: _, timeframe: __, ...envelope } = strategyEnvelope(z);
    return z.strictObject({
      ...envelope,
      kind: z.literal('universe'),
      timeframe: z.enum(TIMEFRAMES).default('1d'),
      market: z.enum(MARKETS).meta({ description: 'Whose sessions, weeks and months count.' }),
      universe: z.array(member(z)).min(1).max(MOST_SYMBOLS),
      features: z.array(feature(z)).max(MOST_FEATURES).default([]),
      cross_sections: z.array(crossSection(z)).max(MOST_FEATURES).default([]),
      portfolio: z.discriminatedUnion('kind', [ranked(z), pairs(z)]),
      costs: proportionalCosts(z).default({ fee_bps: 5, slippage_bps: 0, spread_bps: 0 }),
      mode: z.enum(['weight', 'all_in']).meta({ description: 'Accounting mode.' }).default('weight'),
      fill: z.enum(['next_open', 'close']).default('next_open'),
    });
  });

/** As it was sent, defaults filled in. */
export type SentUniverse = DocumentOf<ReturnType<typeof universeDocument>>;
/** One symbol with its group and its stretches of membership. */
export type UniverseMember = Exclude<SentUniverse['universe'][number], string>;
/** With an id, a name, and every symbol as an object. */
export type UniverseDocument = Named<Omit<SentUniverse, 'universe'>> & { universe: UniverseMember[] };
export type CrossSectionSpec = SentUniverse['cross_sections'][number];
export type CrossSectionKind = (typeof CROSS_SECTION_KINDS)[number];
export type PortfolioRule = SentUniverse['portfolio'];
export type RankedRule = Extract<PortfolioRule, { kind: 'ranked' }>;
export type PairsRule = Extract<PortfolioRule, { kind: 'pairs' }>;
export type Rebalance = RankedRule['rebalance'];
export type HedgeSpec = PairsRule['hedge'];
