import { createTestDatabase } from '@assay/testing';
import type { TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { OPS_ENTITIES } from '../ops';
import { migrations } from '.';
import type { Migration } from './migration';
import { pendingSchemaChanges } from './pending-changes';
import { runMigrations } from './run-migrations';
import type { Session } from './run-migrations';

jest.setTimeout(60_000);

/** Columns with their place, constraints, indexes, functions and triggers of our schemas. */
const SCHEMA = `
  WITH own AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
  SELECT concat_ws(' ', nspname, relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
                   pg_get_expr(adbin, adrelid)) AS what
    FROM own JOIN pg_class c ON relnamespace = own.oid JOIN pg_attribute a ON attrelid = c.oid
    LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum WHERE attnum > 0 AND relkind IN ('r', 'v', 'S')
  UNION ALL SELECT concat_ws(' ', nspname, conrelid::regclass, conname, pg_get_constraintdef(k.oid))
    FROM own JOIN pg_constraint k ON connamespace = own.oid
  UNION ALL SELECT indexdef FROM pg_indexes JOIN own ON schemaname = nspname
  UNION ALL SELECT pg_get_functiondef(p.oid) FROM own JOIN pg_proc p ON pronamespace = own.oid
  UNION ALL SELECT pg_get_triggerdef(t.oid) FROM own JOIN pg_class ON relnamespace = own.oid
    JOIN pg_trigger t ON tgrelid = pg_class.oid WHERE NOT tgisinternal
  ORDER BY 1`;

describe('migrations', () => {
  let database: TestDatabase;
  let client: Client;
  const session = (): Session => client as unknown as Session;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  /** What a new database holds after one release was put on it after the other. */
  const stateAfter = async (releases: (readonly Migration[])[]): Promise<{ applied: string[]; schema: string[] }> => {
    const url = new URL(database.url);
    const name = `${url.pathname.slice(1)}_new`;
    await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
    url.pathname = `/${name}`;
    const own = new Client({ connectionString: url.href });
    try {
      await own.connect();
      for (const release of releases) await runMigrations(own as unknown as Session, release);
      const applied = await own.query<{ name: string }>('SELECT name FROM ops.migration ORDER BY applied_at');
      const schema = await own.query<{ what: string }>(SCHEMA);
      return { applied: applied.rows.map((row) => row.name), schema: schema.rows.map(({ what }) => what) };
    } finally {
      await own.end();
      await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    }
  };

  const changesFor = async (entities: Parameters<typeof createDataSource>[0]['entities']): Promise<string[]> => {
    const source = await createDataSource({ url: database.url, rolePrefix: '', poolSize: 1, entities }).initialize();
    try {
      return await pendingSchemaChanges(source);
    } finally {
      await source.destroy();
    }
  };

  it('make what the shared entities say', async () => {
    expect(await changesFor(OPS_ENTITIES)).toEqual([]);
  });

  it('are found to lag behind an entity with another column', async () => {
    @Entity({ schema: 'ops', name: 'audit' })
    class AuditWithMore {
      @PrimaryColumn({ type: 'uuid' }) id: string;
      @Column({ type: 'text' }) mood: string;
    }
    expect((await changesFor([AuditWithMore])).join('\n')).toContain('ADD "mood" text NOT NULL');
  });

  it('are applied once', async () => {
    expect(await runMigrations(session(), migrations)).toEqual([]);
  });

  it('are applied to a fresh and to an upgraded database in the same order, and make the same of both', async () => {
    const fresh = await stateAfter([migrations]);
    expect(fresh.applied).toEqual(migrations.map(({ name }) => name));
    expect(fresh.schema.length).toBeGreaterThan(300);
    for (const released of [12, 17, migrations.length - 1]) {
      expect(await stateAfter([migrations.slice(0, released), migrations])).toEqual(fresh);
    }
  });

  it('leave nothing behind when one fails', async () => {
    const bad = { name: '9998-bad', up: 'CREATE TABLE ops.half (id int); SELECT 1/0' };
    await expect(runMigrations(session(), [...migrations, bad])).rejects.toThrow(
      'migration 9998-bad failed: division by zero',
    );
    const { rows } = await client.query(`SELECT to_regclass('ops.half') AS half`);
    expect(rows).toEqual([{ half: null }]);
  });

  it('must not be changed once applied, nor be missing', async () => {
    const [first, ...rest] = migrations;
    await expect(runMigrations(session(), [{ ...first!, up: `${first!.up} ` }, ...rest])).rejects.toThrow(
      'migration 0001-ops was changed after it had been applied',
    );
    await expect(runMigrations(session(), rest)).rejects.toThrow('the database has migration 0001-ops');
  });
});
