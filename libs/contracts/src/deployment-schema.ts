import { SCHEDULES } from './deployment-document';
import { newIdSchema, tickerSchema } from './json-schema';

const code = { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,31}$' } as const;
const decimalText = { type: 'string', pattern: '^\\d{1,30}(\\.\\d{1,18})?$' } as const;
const positive = {
  oneOf: [
    { type: 'number', exclusiveMinimum: 0 },
    { ...decimalText, not: { pattern: '^0+(\\.0+)?$' } },
  ],
} as const;
const notNegative = { oneOf: [{ type: 'number', minimum: 0 }, decimalText] } as const;

/** JSON Schema (2020-12) of a Deployment JSON, as the seed defines it plus our optional fields. */
export const deploymentDocumentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:assay:schema:deployment:v1',
  type: 'object',
  additionalProperties: false,
  required: ['strategy_id', 'broker', 'ticker'],
  oneOf: [{ required: ['qty'] }, { required: ['sizing'] }],
  properties: {
    deployment_id: newIdSchema,
    strategy_id: { type: 'string', format: 'uuid' },
    portfolio: { type: 'string', maxLength: 255 },
    user: { type: 'string', maxLength: 255 },
    broker: code,
    ticker: tickerSchema,
    qty: positive,
    sizing: {
      type: 'object',
      additionalProperties: false,
      required: ['capital'],
      properties: { capital: positive },
    },
    paper: { type: 'boolean' },
    market: code,
    schedule: {
      oneOf: [
        { enum: SCHEDULES },
        {
          type: 'object',
          additionalProperties: false,
          required: ['cron', 'tz'],
          properties: {
            cron: { type: 'string', pattern: '^\\S+( +\\S+){4,5}$' },
            tz: { type: 'string', minLength: 1 },
          },
        },
      ],
    },
    enabled: { type: 'boolean' },
    risk_limits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        max_position_usd: notNegative,
        max_daily_trades: { type: 'integer', minimum: 0 },
        stop_loss_pct: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
      },
    },
    account_id: { type: 'string', format: 'uuid' },
    join: { enum: ['now', 'next_entry'] },
    rebalance_band: { type: 'number', minimum: 0, maximum: 1 },
    replay: {
      type: 'object',
      additionalProperties: false,
      required: ['start', 'end'],
      properties: {
        start: { type: 'string', format: 'date' },
        end: { type: 'string', format: 'date' },
        source: { type: 'string', minLength: 1, maxLength: 64 },
      },
    },
  },
} as const;
