import type { Outbox, Transactions } from '@assay/persistence';
import type { DataSource } from 'typeorm';
import { NO_CONNECTION } from './no-connection';

/** Stands for the database of a service whose stores are in memory. */
export const noDatabase = { manager: NO_CONNECTION } as DataSource;

/** Transactions whose body runs at once. */
export const atOnce = {
  run: (body: (em: typeof NO_CONNECTION) => unknown) => body(NO_CONNECTION),
} as unknown as Transactions;

export interface PublishedEvent {
  type: string;
  aggregateId: string;
  data: Record<string, unknown>;
}

/** An outbox that keeps what was published, oldest first. */
export function keptOutbox(): { outbox: Outbox; published: PublishedEvent[] } {
  const published: PublishedEvent[] = [];
  const publish = (_: unknown, event: PublishedEvent): Promise<number> => Promise.resolve(published.push(event));
  return { outbox: { publish } as unknown as Outbox, published };
}
