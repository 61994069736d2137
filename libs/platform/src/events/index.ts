export * from './event-context';
export * from './event-transport';
export * from './events.module';
export { OnEvent } from './on-event';
export { NatsTransport } from './nats-transport';
export { OutboxRelay } from './outbox-relay';
export { PostgresTransport } from './postgres-transport';
