import type { ServiceName } from '@assay/persistence';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { Consumer, ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import { AckPolicy, DeliverPolicy, nanos } from 'nats';
import type { DataSource } from 'typeorm';
import { backOffMs, pause } from './back-off';
import { EventDispatcher } from './event-dispatcher';
import type { NatsOptions } from './nats-connection';
import { busSubject, connectNats, consumerName, ensureStream, isMissing, streamName } from './nats-connection';

/** How long a message waits for a process that died with it. Handlers that take longer say that they are working. */
const ACK_WAIT_MS = 5_000;
const FETCH_MS = 5_000;
/** A request for messages that the server has forgotten is given up so much later. */
const FETCH_GRACE_MS = 2_000;

export interface NatsTransportOptions {
  service: ServiceName;
  dataSource: DataSource;
  nats: NatsOptions;
}

/** One filter for all subjects, since servers before 2.10 know no list: a wildcard where there are several. */
export function commonSubject(subjects: readonly string[]): string {
  const [first = ''] = subjects;
  if (subjects.length === 1) return first;
  const tokens = first.split('.');
  const shared = tokens.findIndex((token, index) => subjects.some((subject) => subject.split('.')[index] !== token));
  return [...tokens.slice(0, shared), '>'].join('.');
}

/** What is no JSON stays a text, which no event is. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The relay sends an event under its id, and a further copy under `<id>~<another>`. */
const carriedId = ({ headers }: JsMsg): string | undefined => headers?.get('Nats-Msg-Id').split('~')[0];

/**
 * A durable pull consumer per service. One message is out at a time, so the order holds across processes and redeliveries; it is
 * acknowledged after the transaction has committed, and the inbox drops it when that acknowledgement was lost.
 */
export class NatsTransport extends Server implements CustomTransportStrategy {
  private readonly stop = new AbortController();
  private connection?: NatsConnection;
  private loop?: Promise<void>;
  private fetching?: ConsumerMessages;

  constructor(private readonly options: NatsTransportOptions) {
    super();
  }

  listen(callback: () => void): void {
    const { service, dataSource } = this.options;
    const dispatcher = new EventDispatcher(service, dataSource, this.messageHandlers);
    if (dispatcher.subjects.length > 0) this.loop = this.run(dispatcher);
    callback();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.fetching?.stop();
    await this.connection?.close().catch(() => undefined);
    await this.loop;
  }

  on(): never {
    throw new Error('the event transport has no client events');
  }

  unwrap<T>(): T {
    return this.connection as T;
  }

  private async run(dispatcher: EventDispatcher): Promise<void> {
    const { signal } = this.stop;
    let attempt = 1;
    while (!signal.aborted) {
      try {
        const consumer = await this.consumer(dispatcher.subjects);
        while (!signal.aborted) {
          const messages = await consumer.fetch({ max_messages: 1, expires: FETCH_MS });
          this.fetching = messages;
          let received = 0;
          const giveUp = setTimeout(() => messages.stop(), FETCH_MS + FETCH_GRACE_MS);
          for await (const message of messages) {
            clearTimeout(giveUp);
            received += 1;
            await this.deliver(message, dispatcher);
          }
          clearTimeout(giveUp);
          attempt = 1;
          // An empty fetch is also what a server that lost its streams gives.
          if (received === 0 && !signal.aborted) await consumer.info();
        }
      } catch (error) {
        if (signal.aborted) return;
        this.logger.warn(`events from NATS: attempt ${attempt} failed: ${(error as Error).message}`);
        await pause(Math.min(backOffMs(attempt), 5_000), signal);
        attempt += 1;
      }
    }
  }

  /** After a reconnect the server knows nothing of the request it was waiting to answer. */
  private async connect(): Promise<NatsConnection> {
    const connection = await connectNats(this.options.nats);
    const askAgain = async (): Promise<void> => {
      for await (const { type } of connection.status()) if (type === 'reconnect') this.fetching?.stop();
    };
    void askAgain();
    return connection;
  }

  private async consumer(subjects: string[]): Promise<Consumer> {
    const { nats, service } = this.options;
    if (!this.connection || this.connection.isClosed()) this.connection = await this.connect();
    const manager = await this.connection.jetstreamManager();
    await ensureStream(manager, nats.streamPrefix);
    const stream = streamName(nats.streamPrefix);
    const durable = consumerName(service, nats.streamPrefix);
    const settings = {
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 1,
      filter_subject: busSubject(commonSubject(subjects), nats.streamPrefix),
    };
    try {
      await manager.consumers.info(stream, durable);
      await manager.consumers.update(stream, durable, settings);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const fresh = { durable_name: durable, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
      await manager.consumers.add(stream, { ...fresh, ...settings });
    }
    return this.connection.jetstream().consumers.get(stream, durable);
  }

  private async deliver(message: JsMsg, dispatcher: EventDispatcher): Promise<void> {
    const attempt = message.info.redeliveryCount;
    const subject = message.subject.replace(/^[^.]+\./, 'assay.');
    if (!dispatcher.subjects.includes(subject)) return void (await message.ackAck());
    const working = setInterval(() => message.working(), ACK_WAIT_MS / 3);
    try {
      const text = message.string();
      await dispatcher.dispatch({ subject, envelope: jsonOf(text), id: carriedId(message), attempt, text });
      await message.ackAck();
    } catch (error) {
      this.logger.warn(`event ${subject}: attempt ${attempt} failed: ${(error as Error).message}`);
      message.nak(backOffMs(attempt));
    } finally {
      clearInterval(working);
    }
  }
}
