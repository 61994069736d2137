import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { PAPER_VENUE, SidePool } from '../../database/side-pool';

/**
 * The paper venue's own connections. Nothing of the trade service's transactions reaches it, so a crash between an intent and its order
 * leaves exactly what a crash against a real venue would leave.
 */
@Injectable()
export class PaperClient implements OnApplicationShutdown {
  private readonly pool = new SidePool(PAPER_VENUE, 4);

  transaction<T>(body: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.pool.transaction(body);
  }

  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.end();
  }
}
