import { createTestDatabase } from '@assay/testing';
import type { TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { OPS_ENTITIES } from '../ops';
import { migrations } from '.';
import { pendingSchemaChanges } from './pending-changes';
import { runMigrations } from './run-migrations';
import type { Session } from './run-migrations';

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

  it('have names in ascending order', () => {
    const names = migrations.map(({ name }) => name);
    expect([...names].sort()).toEqual(names);
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
