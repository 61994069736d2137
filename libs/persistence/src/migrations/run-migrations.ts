import { sha256Hex } from '@assay/primitives';
import type { Migration } from './migration';

/** The part of a `pg` client that the runner needs: one session. */
export interface Session {
  query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

const LOCK = `hashtext('assay.migrate')`;
const checksum = (migration: Migration): string => sha256Hex(migration.up);

/**
 * Applies what is not yet applied in the order of the list, each migration in a transaction of its own; concurrent runners wait for one
 * another. What is applied must be the beginning of the list, so that every database has applied the same in the same order.
 *
 * @returns names applied now
 * @throws Error when an applied migration is no longer in the list, its text has changed, or a new one stands before it
 */
export async function runMigrations(session: Session, list: readonly Migration[]): Promise<string[]> {
  const names = new Set(list.map(({ name }) => name));
  if (names.size !== list.length) throw new Error('two migrations have the same name');
  await session.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await session.query('CREATE SCHEMA IF NOT EXISTS ops');
    await session.query(
      `CREATE TABLE IF NOT EXISTS ops.migration (
         name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await session.query('SELECT name, checksum FROM ops.migration');
    const applied = new Map(rows.map((row) => [row.name as string, row.checksum as string]));
    for (const name of applied.keys()) {
      if (!names.has(name)) throw new Error(`the database has migration ${name}, which this version does not know`);
    }
    const done: string[] = [];
    const [begun, due] = [list.slice(0, applied.size), list.slice(applied.size)];
    for (const migration of begun) {
      const known = applied.get(migration.name);
      if (known === undefined) {
        const later = due.find(({ name }) => applied.has(name))!.name;
        throw new Error(`migration ${migration.name} stands before ${later}, which is applied: a new one is appended`);
      }
      if (known !== checksum(migration)) {
        throw new Error(`migration ${migration.name} was changed after it had been applied`);
      }
    }
    for (const migration of due) {
      await apply(session, migration);
      done.push(migration.name);
    }
    return done;
  } finally {
    await session.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
}

async function apply(session: Session, migration: Migration): Promise<void> {
  await session.query('BEGIN');
  try {
    await session.query(migration.up);
    await session.query('INSERT INTO ops.migration (name, checksum) VALUES ($1, $2)', [
      migration.name,
      checksum(migration),
    ]);
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK');
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}
