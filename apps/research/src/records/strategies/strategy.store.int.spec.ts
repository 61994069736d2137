import { createDataSource } from '@assay/persistence';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import type { DataSource } from 'typeorm';
import { itKeepsStrategies } from '../../../test/strategy-store-contract';
import { ModelArtifactStore } from '../model-artifacts/model-artifact.store';
import { researchEntities } from '../research-entities';
import { StrategyStore } from './strategy.store';

describe('strategies in PostgreSQL', () => {
  const store = new StrategyStore(new ModelArtifactStore());
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const settings = { url: database.url, rolePrefix: '', poolSize: 2, entities: researchEntities };
    source = await createDataSource(settings).initialize();
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  itKeepsStrategies(() => ({ store, em: source.manager, transaction: (body) => source.transaction(body) }));
});
