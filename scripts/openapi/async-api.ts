import { EVENT_SUBJECTS, eventDocument, type EventType } from '@assay/contracts';

type Schema = Record<string, unknown>;

function payloadOf(type: EventType): Schema {
  const { $schema: _, ...schema } = eventDocument(EVENT_SUBJECTS[type]).jsonSchema();
  return schema;
}

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
      messages: Object.fromEntries(types.map((type) => [key(type), { name: type, payload: payloadOf(type) }])),
    },
  };
}
