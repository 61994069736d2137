import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { migration } from './0059-job-about';

describe('what jobs are about that were there before it was kept', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('ALTER TABLE ops.job DROP COLUMN about');
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const job = async (kind: string, subjectId: string | null): Promise<string> => {
    const id = newId();
    const sql = `INSERT INTO ops.job (id, service, kind, subject_id, payload) VALUES ($1, 'research', $2, $3, '{}')`;
    await client.query(sql, [id, kind, subjectId]);
    return id;
  };

  it('is what their subjects are called now, where those are there', async () => {
    const strategy = newId();
    const feature = newId();
    await client.query(
      `INSERT INTO research.strategy (id, owner_id, name, kind, universe, timeframe, feature_ids, pipeline_config, revision, lineage_id,
         version, created_at, updated_at)
       VALUES ($1, $1, 'Trend', 'pipeline', '["X"]', '1d', '[]', '{}', 1, $1, 1, now(), now())`,
      [strategy],
    );
    await client.query(
      `INSERT INTO research.feature (id, owner_id, name, plugin, params, revision, hash, version, created_at, updated_at)
       VALUES ($1, $1, 'fast', 'sma', '{}', 1, 'h', 1, now(), now())`,
      [feature],
    );
    const ids = [
      await job('backtest.sweep', strategy),
      await job('feature.generate', feature),
      await job('backtest.sweep', newId()),
      await job('data.import', null),
    ];
    await client.query(migration.up);
    const { rows } = await client.query('SELECT id, about FROM ops.job');
    const about = new Map(rows.map((row) => [row.id, row.about]));
    expect(ids.map((id) => about.get(id))).toEqual(['Trend', 'fast', null, null]);
  });
});
