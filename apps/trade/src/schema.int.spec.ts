import { createDataSource, databaseSettings } from '@assay/persistence';
import { createTestDatabase, useEnvironment } from '@assay/testing';
import type { TestDatabase } from '@assay/testing';
import type { DataSource } from 'typeorm';
import { tradeEntities } from './entities';

describe('entities of the trade service', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment(database.env);
    source = await createDataSource({ ...databaseSettings(), entities: tradeEntities }).initialize();
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('say what the migrations made', async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
