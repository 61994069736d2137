import { createDataSource } from '@assay/persistence';
import { createTestDatabase, type TestDatabase } from '@assay/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { researchEntities } from '../src/records/research-entities';

export interface Connection {
  em: EntityManager;
  transaction: <T>(body: (em: EntityManager) => Promise<T>) => Promise<T>;
}

/** A migrated database of its own for the tests of a file; to be asked once they run. */
export function useResearchDatabase(): () => Connection & { source: DataSource } {
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
  return () => ({ source, em: source.manager, transaction: (body) => source.transaction(body) });
}
