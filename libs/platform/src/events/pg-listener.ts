import { Logger } from '@nestjs/common';
import { Client } from 'pg';

const MAX_WAIT_MS = 5_000;

/** A connection of its own that listens on one channel and comes back for ever. After each reconnect it reports an empty payload, since notifications may have been missed. */
export class PgListener {
  private readonly logger = new Logger('PgListener');
  private client?: Client;
  private stopped = false;
  private waitMs = 100;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onNotify: (payload: string) => void,
  ) {}

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      application_name: `assay-${this.channel}`,
    });
    let down = false;
    const lost = (error?: Error): void => {
      if (down) return;
      down = true;
      void client.end().catch(() => undefined);
      if (this.stopped) return;
      this.logger.warn(
        `${this.channel}: connection lost${error ? ` (${error.message})` : ''}, next try in ${this.waitMs} ms`,
      );
      this.timer = setTimeout(() => void this.connect(), this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, MAX_WAIT_MS);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => this.onNotify(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN "${this.channel}"`);
      if (this.stopped) return void (await client.end());
      this.client = client;
      this.waitMs = 100;
      this.onNotify('');
    } catch (error) {
      lost(error as Error);
    }
  }
}
