import { DEFAULT_RISK_LIMITS } from '@assay/contracts';
import { BROKERS } from '../records/accounts/brokers';

const decimal = {
  oneOf: [
    { type: 'string', format: 'decimal' },
    { type: 'number', exclusiveMinimum: 0 },
  ],
};

/** OpenAPI form of the deployment document; the rules are those of the domain's parser. */
export const deploymentSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['strategy_id', 'broker', 'ticker'],
  properties: {
    deployment_id: { type: 'string', format: 'uuid', description: 'Made when absent.' },
    strategy_id: { type: 'string', format: 'uuid' },
    portfolio: { type: 'string', maxLength: 255 },
    user: { type: 'string', maxLength: 255, description: 'A label; the owner is the authenticated user.' },
    broker: { type: 'string', enum: [...BROKERS], example: 'FUTU' },
    ticker: { type: 'string', maxLength: 64, example: 'US.AAPL' },
    qty: { ...decimal, description: 'Units per signal; absent when sizing is given.' },
    sizing: {
      type: 'object',
      additionalProperties: false,
      required: ['capital'],
      properties: { capital: decimal },
    },
    paper: { type: 'boolean', default: true },
    market: { enum: ['US', 'HK', 'CRYPTO'] },
    schedule: {
      oneOf: [
        { type: 'string', enum: ['daily_close', 'hourly', 'manual'] },
        {
          type: 'object',
          additionalProperties: false,
          required: ['cron', 'tz'],
          properties: { cron: { type: 'string' }, tz: { type: 'string', example: 'America/New_York' } },
        },
      ],
      default: 'daily_close',
    },
    enabled: { type: 'boolean', default: true },
    risk_limits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        max_position_usd: { ...decimal, default: DEFAULT_RISK_LIMITS.max_position_usd },
        max_daily_trades: { type: 'integer', minimum: 0, default: DEFAULT_RISK_LIMITS.max_daily_trades },
        stop_loss_pct: { type: 'number', exclusiveMinimum: 0, default: DEFAULT_RISK_LIMITS.stop_loss_pct },
      },
    },
    account_id: { type: 'string', format: 'uuid' },
    join: { type: 'string', enum: ['now', 'next_entry'] },
    rebalance_band: { type: 'number', minimum: 0, maximum: 1, default: 0 },
    replay: {
      type: 'object',
      additionalProperties: false,
      required: ['start', 'end'],
      properties: {
        start: { type: 'string', format: 'date' },
        end: { type: 'string', format: 'date' },
        source: { type: 'string' },
      },
    },
  },
};
