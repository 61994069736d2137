import type { JetStreamManager, NatsConnection } from 'nats';
import { connect, DiscardPolicy, nanos, RetentionPolicy, StorageType } from 'nats';

export interface NatsOptions {
  url: string;
  streamPrefix: string;
}

const DUPLICATE_WINDOW_MS = 10 * 60_000;

/** `assay.research.…` as it is called on the bus: another prefix takes the place of the first token. */
export const busSubject = (subject: string, streamPrefix: string): string =>
  streamPrefix === 'assay' ? subject : subject.replace(/^assay\./, `${streamPrefix}.`);

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

/**
 * The stream of all services; an existing one keeps its settings. Also called after a server came back.
 *
 * @returns when the stream was created, which tells a stream that came back without its data from the one before
 */
export async function ensureStream(manager: JetStreamManager, streamPrefix: string): Promise<string> {
  const name = streamName(streamPrefix);
  try {
    return String((await manager.streams.info(name)).created);
  } catch (error) {
    if ((error as { api_error?: { code: number } }).api_error?.code !== 404) throw error;
    const { created } = await manager.streams.add({
      name,
      subjects: [`${streamPrefix}.>`],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    });
    return String(created);
  }
}
