import type { DataSource, EntityManager } from 'typeorm';
import { currentOperation } from '../outbox/operation-context';
import { assertMayTake, BUSINESS_CONNECTIONS, whileHolding } from './held-connections';

/** Every connection of the pool stayed taken for as long as a caller waits. */
export class PoolExhaustedError extends Error {
  override readonly name = 'PoolExhaustedError';
  readonly code = 'POOL_EXHAUSTED';
}

/** The one place where the driver takes a connection of its pool. */
interface Driver {
  obtainMasterConnection(): Promise<Taken>;
}
type Taken = [connection: unknown, release: () => void];

type Body = (em: EntityManager) => Promise<unknown>;

/**
 * Watches how connections of a data source are taken: inside a transaction only its own manager works, whichever way a second
 * connection is asked for. What the current operation adds to its transactions is written here too, just before the commit.
 */
export function guardConnections(source: DataSource): DataSource {
  const driver = source.driver as unknown as Driver;
  const obtain = driver.obtainMasterConnection.bind(driver);
  driver.obtainMasterConnection = async () => {
    assertMayTake(BUSINESS_CONNECTIONS);
    const signal = currentOperation()?.signal;
    signal?.throwIfAborted();
    const taken = await obtain().catch((error: unknown) => {
      throw poolErrorOf(error);
    });
    // Nobody waits any more for what would be read with it.
    if (signal?.aborted) {
      taken[1]();
      throw signal.reason;
    }
    return taken;
  };
  const { manager } = source;
  const transaction = manager.transaction.bind(manager) as (...args: unknown[]) => Promise<unknown>;
  const guarded = (...args: unknown[]): Promise<unknown> => {
    const body = args.find((arg) => typeof arg === 'function') as Body;
    const held: Body = (em) =>
      whileHolding(BUSINESS_CONNECTIONS, async () => {
        const result = await body(em);
        await currentOperation()?.beforeCommit?.(em);
        return result;
      });
    return transaction(...args.map((arg) => (arg === body ? held : arg)));
  };
  manager.transaction = guarded as EntityManager['transaction'];
  return source;
}

/** The same error, but for a wait that took too long: the pool's own has no code. */
export function poolErrorOf(error: unknown): unknown {
  const { message } = error as Error;
  const isTimeout = /^timeout exceeded when trying to connect/.test(message);
  return isTimeout ? new PoolExhaustedError(message, { cause: error }) : error;
}
