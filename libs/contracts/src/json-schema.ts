import { PLACEHOLDER_ID, SIGNAL_FUNCTIONS, STRATEGY_INDICATORS, TIMEFRAMES } from './strategy-document';

/** Non-empty text that does not begin or end with white space. */
export const tickerSchema = { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S(.*\\S)?$' } as const;

/** An id, or the published example's placeholder, which asks for a new one. */
export const newIdSchema = {
  type: 'string',
  anyOf: [{ format: 'uuid' }, { const: PLACEHOLDER_ID }],
} as const;

export const sizingSchema = {
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: { kind: { const: 'fixed' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'annual', 'window', 'cap', 'rebalance'],
      properties: {
        kind: { const: 'volatility_target' },
        annual: { type: 'number', exclusiveMinimum: 0 },
        window: { type: 'integer', minimum: 2, maximum: 10000 },
        cap: { type: 'number', exclusiveMinimum: 0 },
        rebalance: { enum: ['bar', 'entry'] },
      },
    },
  ],
} as const;

/** The fields every Strategy JSON carries. */
export const envelopeProperties = {
  strategy_id: newIdSchema,
  name: { type: 'string', maxLength: 255 },
  version: { type: 'integer', minimum: 1 },
  created_at: { type: 'string', format: 'date-time' },
  ticker: tickerSchema,
  timeframe: { enum: TIMEFRAMES },
  trading_period: { type: 'integer', minimum: 1 },
} as const;

const substrategySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'indicator', 'signal_func', 'window', 'signal'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    indicator: { enum: STRATEGY_INDICATORS },
    signal_func: { enum: SIGNAL_FUNCTIONS },
    window: { type: 'integer', minimum: 1, maximum: 10000 },
    signal: { type: 'number' },
    data_column: { type: 'string', minLength: 1 },
  },
  allOf: [
    {
      if: { properties: { indicator: { const: 'get_bollinger_band' } }, required: ['indicator'] },
      then: { properties: { window: { minimum: 2 } } },
    },
    {
      if: { properties: { indicator: { enum: ['get_rsi', 'get_stochastic_oscillator'] } }, required: ['indicator'] },
      then: { properties: { signal: { minimum: 0, maximum: 100 } } },
    },
  ],
} as const;

/** JSON Schema (2020-12) of a substrategies Strategy JSON, as the seed defines it plus our optional fields. */
export const substrategiesDocumentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:assay:schema:strategy-substrategies:v1',
  type: 'object',
  additionalProperties: false,
  required: ['ticker', 'conjunction', 'trading_period', 'substrategies'],
  properties: {
    ...envelopeProperties,
    kind: { const: 'substrategies' },
    conjunction: { enum: ['AND', 'OR', 'FILTER'] },
    sizing: sizingSchema,
    substrategies: { type: 'array', minItems: 1, maxItems: 16, items: substrategySchema },
  },
  allOf: [
    {
      if: { properties: { conjunction: { const: 'FILTER' } }, required: ['conjunction'] },
      then: { properties: { substrategies: { minItems: 2, maxItems: 2 } } },
    },
  ],
} as const;
