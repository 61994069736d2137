import type { PlaceOutcome, Venue } from '@assay/domain';

/** A venue that has not answered by then is taken not to; the order it may have taken is looked up later. */
export const VENUE_DEADLINE_MS = 30_000;

/** What changes the venue's book: only for who holds the symbol's lock, and no more once it is lost. */
const CHANGES = new Set(['placeOrder', 'cancelOrder']);
const UNGUARDED = new Set(['capabilities', 'events']);

export interface VenueGuard {
  deadlineMs: number;
  /** Called before every question. @throws where a venue must not be asked at all */
  mayAsk(): void;
  /** Called before everything that changes the book of the symbol. @throws LockLostError */
  mayChange(symbol: string): void;
}

/**
 * The broker as the service may use it: never inside a database transaction, which may be repeated; to change anything only under the
 * symbol's lock; and never for longer than the deadline.
 */
export function guardVenue(venue: Venue, guard: VenueGuard): Venue {
  return new Proxy(venue, {
    get(target, name: keyof Venue) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => Promise<unknown>;
      if (UNGUARDED.has(name)) return method;
      return async (...args: unknown[]): Promise<unknown> => {
        guard.mayAsk();
        if (CHANGES.has(name)) guard.mayChange((args[0] as { symbol: string }).symbol);
        const late = `the venue did not answer ${name} within ${guard.deadlineMs} ms`;
        return within(guard.deadlineMs, method(...args), () => unanswered(name, args, late));
      };
    },
  });
}

/** An order whose answer is late may have been taken: its fate is unknown, which is an outcome and no failure. */
function unanswered(name: keyof Venue, args: unknown[], cause: string): PlaceOutcome {
  if (name !== 'placeOrder') throw new Error(cause);
  return { kind: 'unknown', clientOrderId: (args[0] as { clientOrderId: string }).clientOrderId, cause };
}

async function within<T>(ms: number, answer: Promise<T>, otherwise: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    const first = await Promise.race([answer.then((value) => ({ value })), late]);
    return first === 'late' ? otherwise() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
