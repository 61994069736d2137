import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { REPLAY_LOCKS, SESSION_LOCKS, SidePool } from '../database/side-pool';

const ACQUIRE = 'SELECT pg_advisory_lock(hashtextextended($1, 0))';
const TRY = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held';
const RELEASE = 'SELECT pg_advisory_unlock(hashtextextended($1, 0))';

/** Locks that outlive a transaction and die with the process that holds them. */
@Injectable()
export class SymbolLock implements OnApplicationShutdown {
  private readonly pool = new SidePool(SESSION_LOCKS, 16);
  /** Apart, because the holder of such a name asks for the lock of a symbol meanwhile. */
  private readonly names = new SidePool(REPLAY_LOCKS, 16);

  /** One lock per (broker, account, symbol), held from the last look at an intent until its outcome is stored. */
  async hold<T>(key: { broker: string; accountId: string; symbol: string }, body: () => Promise<T>): Promise<T> {
    const name = `order:${key.broker}:${key.accountId}:${key.symbol}`;
    return this.pool.with(async (client) => {
      await client.query(ACQUIRE, [name]);
      const result = await body();
      await client.query(RELEASE, [name]);
      return result;
    });
  }

  /** Runs `body` unless somebody holds the name; then undefined. */
  async tryHold<T>(name: string, body: () => Promise<T>): Promise<T | undefined> {
    return this.names.with(async (client) => {
      const { rows } = await client.query<{ held: boolean }>(TRY, [name]);
      if (!rows[0]?.held) return undefined;
      const result = await body();
      await client.query(RELEASE, [name]);
      return result;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.names.end()]);
  }
}
