import { EVENT_SUBJECTS, type EventData, type EventType } from '@assay/contracts';

type Schema = Record<string, unknown>;
const string: Schema = { type: 'string' };
const uuid: Schema = { type: 'string', format: 'uuid' };
const integer: Schema = { type: 'integer' };
const bool: Schema = { type: 'boolean' };
const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type as string, 'null'] });
const number: Schema = { type: 'number' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const strategyChanged = object({
  strategy_id: uuid,
  owner_id: uuid,
  name: string,
  revision: integer,
  config_hash: string,
  status: string,
});
const deploymentChanged = object({
  deployment_id: uuid,
  strategy_id: uuid,
  owner_id: uuid,
  paper: bool,
  reason: nullable(string),
});
const orderChanged = object({
  deployment_id: uuid,
  owner_id: uuid,
  client_order_id: string,
  symbol: string,
  side: { enum: ['BUY', 'SELL'] },
  qty: string,
  state: string,
  price: nullable(string),
  reason: nullable(string),
});
const evidence = object({
  evidence_id: uuid,
  strategy_id: uuid,
  revision: integer,
  config_hash: string,
  artifact_sha256: nullable(string),
  policy: string,
  paper_only: bool,
  synthetic: bool,
  series: list(object({ source: string, symbol: string, timeframe: string, synthetic: bool })),
  backtest_id: uuid,
  walk_forward_id: nullable(uuid),
  cpcv_id: nullable(uuid),
  verdicts: list({ type: 'object' }),
  promoted_by: string,
  promoted_at: { type: 'string', format: 'date-time' },
});

/** One schema per event type; the mapped type makes the compiler refuse a missing or an invented field. */
const payloads: { [T in EventType]: Schema & { properties: { [K in keyof EventData[T]]: Schema } } } = {
  'strategy.created': strategyChanged as never,
  'strategy.updated': strategyChanged as never,
  'strategy.archived': strategyChanged as never,
  'strategy.promoted': {
    ...object({}),
    properties: {
      strategy_id: uuid,
      owner_id: uuid,
      name: string,
      revision: integer,
      config_hash: string,
      artifact_sha256: nullable(string),
      policy: string,
      expected_return: nullable(number),
      sharpe: nullable(number),
      max_drawdown: nullable(number),
      turnover: nullable(number),
      confidence: nullable(number),
      evidence,
      strategy_json: list(object({ symbol: string, uri: string, sha256: string })),
    },
  },
  'strategy.demoted': {
    ...object({}),
    properties: { strategy_id: uuid, owner_id: uuid, revision: integer, reason: string },
  },
  'model.trained': {
    ...object({}),
    properties: {
      model_id: uuid,
      owner_id: uuid,
      strategy_id: nullable(uuid),
      revision: integer,
      artifact_sha256: string,
    },
  },
  'backtest.completed': {
    ...object({}),
    properties: { backtest_id: uuid, strategy_id: uuid, owner_id: uuid, revision: integer, sharpe: nullable(number) },
  },
  'validation.completed': {
    ...object({}),
    properties: {
      validation_id: uuid,
      strategy_id: uuid,
      owner_id: uuid,
      revision: integer,
      kind: { enum: ['walk_forward', 'cpcv'] },
      validated_under: list(string),
    },
  },
  'deployment.started': deploymentChanged as never,
  'deployment.stopped': deploymentChanged as never,
  'deployment.paused': deploymentChanged as never,
  'order.placed': orderChanged as never,
  'order.filled': orderChanged as never,
  'order.rejected': orderChanged as never,
  'risk.halted': {
    ...object({}),
    properties: { account_id: uuid, owner_id: uuid, trading_state: { enum: ['REDUCING', 'HALTED'] }, reason: string },
  },
};

const envelope = (type: string, data: Schema): Schema => ({
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'sequence', 'correlationid', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: uuid,
    source: string,
    type: { const: type },
    subject: string,
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    sequence: { type: 'integer', description: 'rises by one per aggregate; consumers ignore lower ones' },
    correlationid: string,
    actor: nullable(uuid),
    data: { ...data, required: Object.keys((data.properties as object) ?? {}) },
  },
});

/** The events of both services as an AsyncAPI 3 document, from the subject table of the contracts. */
export function asyncApiDocument(): Record<string, unknown> {
  const types = Object.keys(EVENT_SUBJECTS) as EventType[];
  const key = (type: EventType): string => type.replace('.', '_');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Assay events',
      version: '1.0.0',
      description:
        'CloudEvents written to an outbox in the business transaction, delivered at least once, applied once. Carried by PostgreSQL or NATS JetStream.',
    },
    defaultContentType: 'application/json',
    servers: { nats: { host: 'nats:4222', protocol: 'nats' } },
    channels: Object.fromEntries(
      types.map((type) => [
        key(type),
        { address: EVENT_SUBJECTS[type], messages: { [key(type)]: { $ref: `#/components/messages/${key(type)}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      types.map((type) => [
        `publish_${key(type)}`,
        {
          action: 'send',
          channel: { $ref: `#/channels/${key(type)}` },
          messages: [{ $ref: `#/channels/${key(type)}/messages/${key(type)}` }],
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        types.map((type) => [key(type), { name: type, payload: envelope(type, payloads[type]) }]),
      ),
    },
  };
}
