import { SHA256_HEX } from '@assay/primitives';
import { envelopeProperties, sizingSchema } from './json-schema';
import { withoutDefaults, type ModelKinds } from './parameters/parameter-schema';
import { NO_MODEL } from './strategy-document';

const sha256 = { type: 'string', pattern: SHA256_HEX.source } as const;

const pin = {
  oneOf: [
    { type: 'null' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'revision', 'hash'],
      properties: { id: { type: 'string', format: 'uuid' }, revision: { type: 'integer', minimum: 1 }, hash: sha256 },
    },
  ],
} as const;

const feature = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'plugin', 'plugin_version', 'params'],
  properties: {
    pin,
    name: {
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_.]{0,63}$',
      not: { enum: ['prediction', 'v', 'open', 'high', 'low', 'close', 'volume'] },
    },
    plugin: { type: 'string', pattern: '^[a-z][a-z0-9_.]{0,63}$' },
    plugin_version: { type: 'string', minLength: 1, maxLength: 32 },
    params: { type: 'object', additionalProperties: { type: ['number', 'string'] } },
  },
} as const;

const model = (kinds: ModelKinds) => ({
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['kind'],
      properties: { pin, kind: { const: NO_MODEL } },
    },
    ...[...kinds].map(([kind, params]) => ({
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'inputs', 'label', 'params', 'seed', 'refit'],
      properties: {
        pin,
        kind: { const: kind },
        inputs: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
        label: {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'horizon'],
          properties: {
            kind: { const: 'forward_return_sign' },
            horizon: { type: 'integer', minimum: 1, maximum: 1000 },
          },
        },
        // a document says every parameter, defaults included
        params: withoutDefaults(params),
        seed: { type: 'integer', minimum: 0 },
        refit: {
          type: 'object',
          additionalProperties: false,
          required: ['every', 'min_train'],
          properties: { every: { type: 'integer', minimum: 1 }, min_train: { type: 'integer', minimum: 2 } },
        },
      },
    })),
  ],
});

const rules = { type: 'array', minItems: 1, maxItems: 64, items: { $ref: '#/$defs/node' } } as const;
const combinator = { enum: ['AND', 'OR'] } as const;

/** Definitions of a rule tree; the names of the fields a leaf may use depend on the document. */
const ruleTreeDefinitions = {
  leaf: {
    type: 'object',
    additionalProperties: false,
    required: ['field', 'operator', 'value'],
    properties: {
      field: { type: 'string' },
      operator: { enum: ['>', '<', '>=', '<=', '==', '!=', 'crosses_above', 'crosses_below'] },
      value: {
        oneOf: [
          { type: 'number' },
          {
            type: 'object',
            additionalProperties: false,
            required: ['field'],
            properties: { field: { type: 'string' } },
          },
        ],
      },
    },
  },
  branch: {
    type: 'object',
    additionalProperties: false,
    required: ['combinator', 'rules'],
    properties: { combinator, rules },
  },
  node: { oneOf: [{ $ref: '#/$defs/leaf' }, { $ref: '#/$defs/branch' }] },
  group: {
    type: 'object',
    additionalProperties: false,
    required: ['action', 'combinator', 'rules'],
    properties: { action: { enum: ['BUY', 'SELL', 'HOLD'] }, combinator, rules },
  },
} as const;

const bps = { type: 'number', minimum: 0, maximum: 10000 } as const;

/** JSON Schema (2020-12) of a pipeline Strategy JSON: a promoted research strategy for one symbol. */
export const pipelineDocumentSchema = (kinds: ModelKinds) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:assay:schema:strategy-pipeline:v1',
  $defs: ruleTreeDefinitions,
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'ticker', 'trading_period', 'features', 'model', 'signal', 'sizing', 'costs'],
  properties: {
    ...envelopeProperties,
    kind: { const: 'pipeline' },
    features: { type: 'array', maxItems: 64, items: feature },
    model: model(kinds),
    artifact: {
      oneOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['uri', 'sha256', 'train_end'],
          properties: {
            uri: { type: 'string', minLength: 1, maxLength: 2048 },
            sha256,
            train_end: { oneOf: [{ type: 'null' }, { type: 'string', format: 'date-time' }] },
          },
        },
      ],
    },
    signal: {
      type: 'object',
      additionalProperties: false,
      required: ['rule_tree', 'output_mode', 'position_mode'],
      properties: {
        pin,
        rule_tree: {
          type: 'object',
          additionalProperties: false,
          required: ['groups'],
          properties: { groups: { type: 'array', minItems: 1, maxItems: 64, items: { $ref: '#/$defs/group' } } },
        },
        output_mode: { enum: ['discrete', 'numeric'] },
        position_mode: { enum: ['long_only', 'long_short'] },
      },
    },
    sizing: sizingSchema,
    costs: {
      type: 'object',
      additionalProperties: false,
      required: ['fee_bps', 'slippage_bps', 'spread_bps'],
      properties: { fee_bps: bps, slippage_bps: bps, spread_bps: bps },
    },
    history_anchor: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'adjustment', 'first_bar'],
      properties: {
        source: { type: 'string', minLength: 1, maxLength: 64 },
        adjustment: { enum: ['none', 'adj_close'] },
        first_bar: { type: 'string', format: 'date-time' },
        fingerprint: sha256,
        until: { type: 'string', format: 'date-time' },
      },
    },
  },
});
