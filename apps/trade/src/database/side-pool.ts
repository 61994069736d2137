import type { ConnectionPlace } from '@assay/persistence';
import {
  assertMayTake,
  availableRole,
  connectionLimits,
  databaseSettings,
  limitOptions,
  poolErrorOf,
  roleOptions,
  whileHolding,
} from '@assay/persistence';
import type { ClientConfig, PoolClient } from 'pg';
import { Pool } from 'pg';

/** In the order in which they are taken; the business transactions, 10, lie between the venue and the rest. */
export const REPLAY_LOCKS: ConnectionPlace = { name: 'the replay locks', rank: -10 };
export const SYMBOL_LOCKS: ConnectionPlace = { name: 'the symbol locks', rank: 0 };
/** Not a connection of ours, but waited for like one: never within a transaction, which may also be repeated. */
export const VENUE: ConnectionPlace = { name: 'the venue', rank: 5 };
export const PAPER_VENUE: ConnectionPlace = { name: 'paper-venue', rank: 20 };
export const STORED_BARS: ConnectionPlace = { name: 'bars', rank: 30 };
export const ORDER_RULES: ConnectionPlace = { name: 'order-rules', rank: 30 };

/** How to connect beside the business transactions: as the service's role, under a name of its own. */
export async function sideConnection(name: string): Promise<ClientConfig> {
  const settings = databaseSettings();
  const options = [roleOptions(await availableRole(settings, 'trade')), '-c timezone=UTC'].filter(Boolean).join(' ');
  return { connectionString: settings.url, options, application_name: `assay-trade-${name}` };
}

/**
 * Connections beside those of the business transactions, opened at first use. Its rank says which others their holder may ask for
 * meanwhile, so that no two pools can ever wait for one another.
 */
export class SidePool {
  private pool?: Promise<Pool>;

  constructor(
    private readonly place: ConnectionPlace,
    private readonly max: number,
  ) {}

  query(sql: string, params?: unknown[]): Promise<unknown[]> {
    return this.with(async (client) => (await client.query(sql, params)).rows as unknown[]);
  }

  /** Runs `body` on one connection of its own. */
  async with<T>(body: (client: PoolClient) => Promise<T>): Promise<T> {
    assertMayTake(this.place);
    const pool = await this.open();
    const client = await pool.connect().catch((error: unknown) => {
      throw poolErrorOf(error);
    });
    let failure: Error | undefined;
    // Without a listener a connection that breaks while it idles here would end the process.
    const broken = (error: Error): void => void (failure = error);
    client.on('error', broken);
    try {
      return await whileHolding(this.place, () => body(client));
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.off('error', broken);
      // A connection that may be in the middle of something is not given to the next.
      client.release(failure !== undefined);
    }
  }

  async transaction<T>(body: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.with(async (client) => {
      await client.query('BEGIN');
      try {
        const result = await body(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async end(): Promise<void> {
    const { pool } = this;
    this.pool = undefined;
    if (pool) await (await pool).end();
  }

  private open(): Promise<Pool> {
    this.pool ??= this.make().catch((error: unknown) => {
      // A database that was away at the first use is asked again at the next.
      this.pool = undefined;
      throw error;
    });
    return this.pool;
  }

  private async make(): Promise<Pool> {
    // Bars and books are read by workers and requests alike, a long history takes its time: the workers' limits hold for both.
    const limits = connectionLimits('worker');
    const connection = await sideConnection(this.place.name);
    const pool = new Pool({
      ...connection,
      options: `${connection.options} ${limitOptions(limits)}`,
      connectionTimeoutMillis: limits.poolWaitMs,
      max: this.max,
    });
    // An idle connection that breaks is replaced at the next use.
    pool.on('error', () => undefined);
    return pool;
  }
}
