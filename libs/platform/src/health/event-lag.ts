import { type DatabaseProbe, inTurn, type ServiceName } from '@assay/persistence';
import type { JetStreamManager, MsgRequest } from 'nats';
import { connect } from 'nats';
import type { NatsOptions } from '../events/nats-connection';
import { consumerName, isMissing, streamLife, streamName } from '../events/nats-connection';
import { RELAY_CONSUMER, relayPlace } from '../events/outbox-relay';

const PUBLISHERS = ['research', 'trade'] as const;
type Publisher = (typeof PUBLISHERS)[number];

const publishes = (service: ServiceName): service is Publisher => (PUBLISHERS as readonly string[]).includes(service);

/** Seconds the oldest event of `outbox` has waited behind the place that `place` selects; null where none does, or where there is no place. */
async function waitingBehind(
  probe: DatabaseProbe,
  outbox: Publisher,
  place: { sql: string; values: unknown[] },
): Promise<number | null> {
  const [row] = await probe.query(
    `SELECT extract(epoch FROM now() - created_at)::float8 AS waiting FROM ${outbox}.outbox
     WHERE position > (${place.sql}) ORDER BY position LIMIT 1`,
    place.values,
  );
  return (row?.waiting as number | undefined) ?? null;
}

const cursorOf = (service: ServiceName): string =>
  `SELECT position FROM ${service}.event_cursor WHERE consumer = $1 AND source = $2`;

const longest = (waits: readonly (number | null)[]): number | null => {
  const known = waits.filter((wait) => wait !== null);
  return known.length === 0 ? null : Math.round(Math.max(...known));
};

/** Of what the service reads from the outboxes itself. */
export async function waitingInOutboxes(probe: DatabaseProbe, service: ServiceName): Promise<number | null> {
  // A service that reads an outbox has a cursor there from its first look on.
  const sql = cursorOf(service);
  const waits = await inTurn(PUBLISHERS, (outbox) => waitingBehind(probe, outbox, { sql, values: [service, outbox] }));
  return longest(waits);
}

/** Of what the service's relay has not brought to the bus, and of what lies there for the service. */
export async function waitingOnBus(
  probe: DatabaseProbe,
  service: ServiceName,
  { url, streamPrefix, timeoutMs }: NatsOptions & { timeoutMs: number },
): Promise<number | null> {
  const connection = await connect({ servers: url, timeout: timeoutMs, reconnect: false });
  try {
    await connection.rtt();
    const manager = await connection.jetstreamManager();
    const relayed = publishes(service) ? waitingForRelay(probe, manager, service, streamPrefix) : null;
    return longest(await Promise.all([relayed, waitingForConsumer(manager, service, streamPrefix)]));
  } finally {
    await connection.close();
  }
}

async function waitingForRelay(
  probe: DatabaseProbe,
  manager: JetStreamManager,
  service: Publisher,
  prefix: string,
): Promise<number | null> {
  const life = await streamLife(manager, prefix);
  // A stream that is new to the relay, or yet to be made, gets everything.
  const sql = `SELECT coalesce((${cursorOf(service)}), 0)`;
  const values = [RELAY_CONSUMER, life === undefined ? '' : relayPlace(service, life)];
  return waitingBehind(probe, service, { sql, values });
}

async function waitingForConsumer(
  manager: JetStreamManager,
  service: ServiceName,
  prefix: string,
): Promise<number | null> {
  const stream = streamName(prefix);
  try {
    const { num_pending, num_ack_pending, ack_floor, config } = await manager.consumers.info(
      stream,
      consumerName(service, prefix),
    );
    if (num_pending + num_ack_pending === 0) return null;
    // The client's type lacks what the server has: the first message of a subject from a sequence on.
    const first = { seq: ack_floor.stream_seq + 1, next_by_subj: config.filter_subject } as MsgRequest;
    const { time } = await manager.streams.getMessage(stream, first);
    return (Date.now() - time.getTime()) / 1000;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
