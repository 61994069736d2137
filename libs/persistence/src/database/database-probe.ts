import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { databaseSettings } from './database-settings';

/** A process that is busy reads an answer late: that is no dead database. */
const WAIT_MS = 5_000;

/** Whether the database answers, asked on a connection beside the pool: a pool that is all taken must not look like a dead database. */
@Injectable()
export class DatabaseProbe implements OnApplicationBootstrap, OnApplicationShutdown {
  private client?: Promise<Client>;
  private asking?: Promise<boolean>;

  /** Connected from the beginning: when it is asked for, a new connection may be what cannot be had. */
  async onApplicationBootstrap(): Promise<void> {
    await this.answers();
  }

  /** Everybody who asks at the same time gets the same answer, after ten seconds at the latest: five to connect, five to be answered. */
  answers(): Promise<boolean> {
    this.asking ??= this.query('SELECT 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Rows of one statement; after a failure the next one connects anew. */
  async query(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const used = (this.client ??= this.connect());
    try {
      return ((await (await used).query(sql, values)) as { rows: Record<string, unknown>[] }).rows;
    } catch (error) {
      this.forget(used);
      void used.then((client) => client.end()).catch(() => undefined);
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private connect(): Promise<Client> {
    const client = new Client({
      connectionString: databaseSettings().url,
      application_name: 'assay-health',
      connectionTimeoutMillis: WAIT_MS,
      query_timeout: WAIT_MS,
    });
    const connected = client.connect().then(() => client);
    // Without a listener a connection that breaks while it idles would end the process.
    client.on('error', () => this.forget(connected));
    return connected;
  }

  /** But not the connection that took its place meanwhile. */
  private forget(broken: Promise<Client>): void {
    if (this.client === broken) this.client = undefined;
  }
}
