import { AsyncLocalStorage } from 'node:async_hooks';

/** A set of connections with its place in the one order in which connections are taken. */
export interface ConnectionPlace {
  name: string;
  /** Whoever holds a connection may ask only for one of a higher rank: so no two can ever wait for one another. */
  rank: number;
}

/** The business transactions of a service. Session locks rank below, what a transaction may look up elsewhere ranks above. */
export const BUSINESS_CONNECTIONS: ConnectionPlace = { name: 'the business transactions', rank: 10 };

interface Held {
  place: ConnectionPlace;
  open: boolean;
  under: Held | undefined;
}

const storage = new AsyncLocalStorage<Held>();

/**
 * A programming error: a connection was asked for while one is held that others may be waiting for with theirs. Under load all of them
 * would wait for ever, so it fails at the first call and not at the sixteenth.
 */
export class SecondConnectionError extends Error {
  override readonly name = 'SecondConnectionError';

  constructor(wanted: ConnectionPlace, held: ConnectionPlace) {
    super(
      `a connection of ${wanted.name} must not be asked for while one of ${held.name} is held: ` +
        'inside a transaction its manager is the only way to the database',
    );
  }
}

/** @throws SecondConnectionError where the caller holds a connection of the same or a higher rank */
export function assertMayTake(wanted: ConnectionPlace): void {
  for (let held = storage.getStore(); held; held = held.under) {
    if (held.open && held.place.rank >= wanted.rank) throw new SecondConnectionError(wanted, held.place);
  }
}

/** Runs `body` as the holder of a connection of `place`. What it leaves running holds nothing once `body` has ended. */
export async function whileHolding<T>(place: ConnectionPlace, body: () => Promise<T>): Promise<T> {
  const held: Held = { place, open: true, under: storage.getStore() };
  try {
    return await storage.run(held, body);
  } finally {
    held.open = false;
  }
}
