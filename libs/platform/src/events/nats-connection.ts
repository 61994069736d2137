import { MINUTE_MS } from '@assay/primitives';
import type { JetStreamManager, NatsConnection, StreamConfig, StreamInfo } from 'nats';
import { connect, DiscardPolicy, nanos, RetentionPolicy, StorageType } from 'nats';

export interface NatsOptions {
  url: string;
  streamPrefix: string;
}

const DUPLICATE_WINDOW_MS = 10 * MINUTE_MS;

/** `assay.research.…` as it is called on the bus: another prefix takes the place of the first token. */
export const busSubject = (subject: string, streamPrefix: string): string =>
  streamPrefix === 'assay' ? subject : subject.replace(/^assay\./, `${streamPrefix}.`);

/** Name of a service's durable consumer. */
export const consumerName = (service: string, streamPrefix: string): string => `${streamPrefix}-${service}`;

export const streamName = (streamPrefix: string): string => streamPrefix.toUpperCase();

/** A connection that comes back for ever; requests made while it is away fail and are repeated by the caller. */
export const connectNats = ({ url }: NatsOptions): Promise<NatsConnection> =>
  connect({
    servers: url,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: 5_000,
    pingInterval: 10_000,
  });

/** The server's answer that a stream, consumer or message does not exist. */
export const isMissing = (error: unknown): boolean =>
  (error as { api_error?: { code: number } }).api_error?.code === 404;

/** Whether the stream drops messages by a rule of its own; ours keeps everything. */
const dropsByItself = ({ max_age, max_bytes, max_msgs, max_msgs_per_subject, retention }: StreamConfig): boolean =>
  max_age > 0 || max_bytes > 0 || max_msgs > 0 || max_msgs_per_subject > 0 || retention !== RetentionPolicy.Limits;

/**
 * A text that changes whenever messages have gone from the stream that should be there: it was made anew, purged, or messages were
 * deleted. A stream with limits, which its operator has set, loses messages all the time and is told by its creation alone.
 */
function lifeOf({ created, config, state }: StreamInfo): string {
  const removed = dropsByItself(config) ? 0 : state.last_seq - state.messages;
  return removed > 0 ? `${String(created)}-${removed}` : String(created);
}

/** What `ensureStream` tells of a stream that is there; undefined where there is none. */
export async function streamLife(manager: JetStreamManager, streamPrefix: string): Promise<string | undefined> {
  try {
    return lifeOf(await manager.streams.info(streamName(streamPrefix)));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * The stream of all services; an existing one keeps its settings. Also called after a server came back.
 *
 * @returns a text that stays the same as long as nothing that was published is gone
 */
export async function ensureStream(manager: JetStreamManager, streamPrefix: string): Promise<string> {
  const life = await streamLife(manager, streamPrefix);
  if (life !== undefined) return life;
  const made = await manager.streams.add({
    name: streamName(streamPrefix),
    subjects: [`${streamPrefix}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  });
  return lifeOf(made);
}
