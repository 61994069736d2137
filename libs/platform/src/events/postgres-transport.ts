import type { ServiceName } from '@assay/persistence';
import { lockCursor, moveCursor, readOutbox } from '@assay/persistence';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { DataSource } from 'typeorm';
import { backOffMs, pause } from './back-off';
import { EventDispatcher, sourceOf } from './event-dispatcher';
import { PgListener } from './pg-listener';

const POLL_MS = 2_000;
const BATCH = 200;

export interface PostgresTransportOptions {
  service: ServiceName;
  dataSource: DataSource;
  url: string;
  pollMs?: number;
}

/**
 * Reads the outboxes of the publishing services by cursor. The cursor, the inbox row and the handler's effects commit together;
 * LISTEN/NOTIFY only shortens the wait for the next poll. Processes of one service take turns at the cursor's row lock.
 */
export class PostgresTransport extends Server implements CustomTransportStrategy {
  private readonly stop = new AbortController();
  private readonly wakers = new Set<() => void>();
  private listener?: PgListener;
  private loops: Promise<void>[] = [];

  constructor(private readonly options: PostgresTransportOptions) {
    super();
  }

  listen(callback: () => void): void {
    const { service, dataSource, url } = this.options;
    const dispatcher = new EventDispatcher(service, dataSource, this.messageHandlers);
    const sources = [...new Set(dispatcher.subjects.map(sourceOf))];
    this.loops = sources.map((source) => this.follow(source, dispatcher));
    if (sources.length > 0) {
      this.listener = new PgListener(url, 'assay_outbox', () => this.wakers.forEach((wake) => wake()));
      this.listener.start();
    }
    callback();
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.listener?.stop();
    await Promise.allSettled(this.loops);
  }

  on(): never {
    throw new Error('the event transport has no client events');
  }

  unwrap<T>(): T {
    return this.options.dataSource as T;
  }

  private async follow(source: string, dispatcher: EventDispatcher): Promise<void> {
    const { signal } = this.stop;
    let wake = new AbortController();
    const waker = (): void => wake.abort();
    this.wakers.add(waker);
    signal.addEventListener('abort', waker);
    let attempt = 1;
    while (!signal.aborted) {
      wake = new AbortController();
      try {
        if (await this.readOn(source, dispatcher, attempt)) attempt = 1;
        else await pause(this.options.pollMs ?? POLL_MS, wake.signal);
      } catch (error) {
        this.logger.warn(`events of ${source}: attempt ${attempt} failed: ${(error as Error).message}`);
        await pause(backOffMs(attempt), signal);
        attempt += 1;
      }
    }
  }

  /** Handles the next event, or steps over a batch without any of ours. @returns whether there may be more */
  private async readOn(source: string, dispatcher: EventDispatcher, attempt: number): Promise<boolean> {
    const { service, dataSource } = this.options;
    const subjects = new Set(dispatcher.subjects);
    const next = await dataSource.transaction(async (em) => {
      const position = await lockCursor(em, service, service, source);
      const rows = await readOutbox(em, source, position, BATCH);
      const wanted = rows.find(({ subject }) => subjects.has(subject));
      const passed = wanted ? rows[rows.indexOf(wanted) - 1] : rows.at(-1);
      if (passed) await moveCursor(em, service, service, source, passed.position);
      return { wanted, any: rows.length > 0 };
    });
    const { wanted, any } = next;
    if (!wanted) return any;
    await dispatcher.dispatch({ ...wanted, attempt }, async (em) => {
      const position = await lockCursor(em, service, service, source);
      if (BigInt(position) < BigInt(wanted.position)) await moveCursor(em, service, service, source, wanted.position);
    });
    return true;
  }
}
