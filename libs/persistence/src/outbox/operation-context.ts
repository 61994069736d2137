import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

export interface Operation {
  correlationId: string;
  /** User who caused it, null for the platform's own work. */
  actor: string | null;
  /** Aborted when nobody waits for the outcome any more. Only of what changes nothing: a change goes on to its end. */
  signal?: AbortSignal;
  /** Written into every transaction of the operation, last: what must become true together with its effect. */
  beforeCommit?: (em: EntityManager) => Promise<void>;
}

const storage = new AsyncLocalStorage<Operation>();

/** Runs `body` as part of `operation`: what it publishes, submits and logs carries the same correlation id. */
export const runInOperation = <T>(operation: Operation, body: () => T): T => storage.run(operation, body);

export const currentOperation = (): Operation | undefined => storage.getStore();
