import { newId } from '@assay/primitives/ids';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { migration } from './0040-revision-source';

describe('the source of revisions that were there before it was kept', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('ALTER TABLE research.strategy_revision DROP COLUMN source');
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  /** A strategy that states a source, with one revision for each that a backtest has pinned, null for none. */
  async function stored(source: string | null, pinned: (string | null)[]): Promise<string> {
    const id = newId();
    await client.query(
      `INSERT INTO research.strategy (id, owner_id, name, kind, universe, source, timeframe, feature_ids, pipeline_config, revision,
         lineage_id, version, created_at, updated_at)
       VALUES ($1, $1, 's', 'pipeline', '["X"]', $2, '1d', '[]', '{}', $3, $1, 1, now(), now())`,
      [id, source, pinned.length],
    );
    for (const [i, from] of pinned.entries()) {
      await client.query(
        `INSERT INTO research.strategy_revision (strategy_id, revision, owner_id, config_hash, recipe, status, history_anchor,
           validated_under, created_at)
         VALUES ($1, $2, $1, 'h', '{}', 'draft', $3, '[]', now())`,
        [id, i + 1, from === null ? null : { source: from }],
      );
    }
    return id;
  }

  it('is what they were computed from, and the strategy states what its newest revision rests on', async () => {
    const cases: [string | null, (string | null)[], string | null, (string | null)[]][] = [
      ['a', [null], 'a', ['a']],
      ['a', ['a'], 'a', ['a']],
      ['b', ['a'], 'a', ['a']],
      ['b', ['a', null], 'b', ['a', 'b']],
      [null, ['a', null], null, [null, null]],
    ];
    const ids: string[] = [];
    for (const [source, pinned] of cases) ids.push(await stored(source, pinned));
    await client.query(migration.up);
    const found: unknown[] = [];
    for (const id of ids) {
      const own = await client.query('SELECT source FROM research.strategy WHERE id = $1', [id]);
      const sql = 'SELECT source FROM research.strategy_revision WHERE strategy_id = $1 ORDER BY revision';
      const revisions = await client.query(sql, [id]);
      found.push([own.rows[0].source, revisions.rows.map((row) => row.source)]);
    }
    expect(found).toEqual(cases.map(([, , source, revisions]) => [source, revisions]));
  });
});
