import { databaseSettings, lockCursor, moveCursor, readOutbox } from '@assay/persistence';
import { Logger } from '@nestjs/common';
import type { JetStreamClient, NatsConnection } from 'nats';
import { headers } from 'nats';
import type { DataSource } from 'typeorm';
import { backOffMs, pause } from './back-off';
import type { NatsOptions } from './nats-connection';
import { busSubject, connectNats, ensureStream, streamName } from './nats-connection';
import { PgListener } from './pg-listener';

const CONSUMER = 'relay';
const POLL_MS = 2_000;
const BATCH = 100;

/** The relay's place is kept per life of the stream: one that came back empty is filled again from the beginning. */
const place = (service: string, streamCreated: string): string => `${service}@${streamCreated}`;

/**
 * Carries one service's outbox to JetStream. The cursor moves when the server has acknowledged, and the event's id is the message id:
 * a crash between the two sends again, the server drops the copy, and beyond its window the inbox of the consumer does.
 */
export class OutboxRelay {
  private readonly logger = new Logger('OutboxRelay');
  private readonly stop = new AbortController();
  private wake = new AbortController();
  private listener?: PgListener;
  private loop?: Promise<void>;
  private connection?: NatsConnection;
  private streamCreated?: string;

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
        this.streamCreated = undefined;
        await pause(Math.min(backOffMs(attempt), 5_000), signal);
        attempt += 1;
      }
    }
  }

  private async connect(): Promise<NatsConnection> {
    const connection = await connectNats(this.nats);
    const forgetStream = async (): Promise<void> => {
      for await (const { type } of connection.status()) {
        if (type !== 'reconnect') continue;
        this.streamCreated = undefined;
        this.wake.abort();
      }
    };
    void forgetStream();
    return connection;
  }

  private async client(): Promise<JetStreamClient> {
    if (!this.connection || this.connection.isClosed()) this.connection = await this.connect();
    const manager = await this.connection.jetstreamManager();
    this.streamCreated ??= await ensureStream(manager, this.nats.streamPrefix);
    return this.connection.jetstream();
  }

  private async relayBatch(): Promise<number> {
    const client = await this.client();
    return this.dataSource.transaction(async (em) => {
      const source = place(this.service, this.streamCreated!);
      const position = await lockCursor(em, this.service, CONSUMER, source);
      const rows = await readOutbox(em, this.service, position, BATCH);
      for (const { id, subject, envelope } of rows) {
        const carried = headers();
        carried.set('Content-Type', 'application/cloudevents+json');
        await client.publish(busSubject(subject, this.nats.streamPrefix), JSON.stringify(envelope), {
          msgID: id,
          headers: carried,
          expect: { streamName: streamName(this.nats.streamPrefix) },
        });
      }
      const last = rows.at(-1);
      if (last) await moveCursor(em, this.service, CONSUMER, source, last.position);
      return rows.length;
    });
  }
}
