import type { OutboxRow } from '@assay/persistence';
import { databaseSettings, lockCursor, moveCursor, readOutbox } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import { Logger } from '@nestjs/common';
import type { JetStreamClient, JetStreamManager, NatsConnection } from 'nats';
import { headers } from 'nats';
import type { DataSource } from 'typeorm';
import { backOffMs, pause } from './back-off';
import type { NatsOptions } from './nats-connection';
import { busSubject, connectNats, ensureStream, isMissing, streamName } from './nats-connection';
import { PgListener } from './pg-listener';

export const RELAY_CONSUMER = 'relay';
const POLL_MS = 2_000;
const BATCH = 100;

/** The relay's place is kept per life of the stream: one that lost messages is filled again from the beginning. */
export const relayPlace = (service: string, life: string): string => `${service}@${life}`;

/**
 * Carries one service's outbox to JetStream. The cursor moves when the server has acknowledged, and the event's id is the message id:
 * a crash between the two sends again, the server drops the copy, and beyond its window the inbox of the consumer does. The server knows
 * message ids for longer than the messages, and others may have used this one, so a copy that it drops is looked for, and sent under a
 * message id that nobody can know if it is not there; the event's own id, which the inbox goes by, stays.
 */
export class OutboxRelay {
  private readonly logger = new Logger('OutboxRelay');
  private readonly stop = new AbortController();
  private wake = new AbortController();
  private listener?: PgListener;
  private loop?: Promise<void>;
  private connection?: NatsConnection;

  constructor(
    private readonly service: 'research' | 'trade',
    private readonly dataSource: DataSource,
    private readonly nats: NatsOptions,
    private readonly url: string = databaseSettings().url,
  ) {}

  start(): void {
    this.listener = new PgListener(this.url, 'assay_outbox', () => this.wake.abort());
    this.listener.start();
    this.loop = this.run();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.wake.abort();
    await this.listener?.stop();
    await this.loop;
    await this.connection?.close().catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    let attempt = 1;
    while (!signal.aborted) {
      this.wake = new AbortController();
      try {
        const sent = await this.relayBatch();
        attempt = 1;
        if (sent < BATCH) await pause(POLL_MS, this.wake.signal);
      } catch (error) {
        this.logger.warn(`relay of ${this.service}: attempt ${attempt} failed: ${(error as Error).message}`);
        await pause(Math.min(backOffMs(attempt), 5_000), signal);
        attempt += 1;
      }
    }
  }

  private async connect(): Promise<NatsConnection> {
    const connection = await connectNats(this.nats);
    const wakeUp = async (): Promise<void> => {
      for await (const { type } of connection.status()) if (type === 'reconnect') this.wake.abort();
    };
    void wakeUp();
    return connection;
  }

  private async relayBatch(): Promise<number> {
    if (!this.connection || this.connection.isClosed()) this.connection = await this.connect();
    const manager = await this.connection.jetstreamManager();
    const client = this.connection.jetstream();
    // Asked each time: a stream that was purged or made anew says nothing by itself.
    const source = relayPlace(this.service, await ensureStream(manager, this.nats.streamPrefix));
    return this.dataSource.transaction(async (em) => {
      const position = await lockCursor(em, this.service, RELAY_CONSUMER, source);
      const rows = await readOutbox(em, this.service, position, BATCH);
      for (const row of rows) await this.send(client, manager, row);
      const last = rows.at(-1);
      if (last) await moveCursor(em, this.service, RELAY_CONSUMER, source, last.position);
      return rows.length;
    });
  }

  private async send(client: JetStreamClient, manager: JetStreamManager, row: OutboxRow): Promise<void> {
    const { streamPrefix } = this.nats;
    const stream = streamName(streamPrefix);
    const subject = busSubject(row.subject, streamPrefix);
    const text = JSON.stringify(row.envelope);
    const carried = headers();
    carried.set('Content-Type', 'application/cloudevents+json');
    const put = (msgID: string) =>
      client.publish(subject, text, { msgID, headers: carried, expect: { streamName: stream } });
    const { duplicate, seq } = await put(row.id);
    if (duplicate && !(await holds(manager, stream, seq, { subject, text }))) await put(`${row.id}~${newId()}`);
  }
}

/** Whether the message is in the stream, and not only its id remembered, nor another under the same id. */
async function holds(
  manager: JetStreamManager,
  stream: string,
  seq: number,
  { subject, text }: { subject: string; text: string },
): Promise<boolean> {
  try {
    const message = await manager.streams.getMessage(stream, { seq });
    return message.subject === subject && message.string() === text;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
