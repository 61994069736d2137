import type { EntityManager } from 'typeorm';

/** Holds a name to the end of the transaction: whoever asks for it meanwhile waits. */
export async function lockName(em: EntityManager, name: string): Promise<void> {
  await em.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
