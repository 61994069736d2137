import { createDataSource, OPS_ENTITIES, pendingSchemaChanges } from '@assay/persistence';
import { createTestDatabase } from '@assay/testing';
import { marketEntities } from './records/market/market-entities';
import { researchEntities } from './records/research-entities';

describe('the research entities', () => {
  it('are what the migrations make', async () => {
    const database = await createTestDatabase();
    const entities = [...OPS_ENTITIES, ...researchEntities, ...marketEntities];
    const source = await createDataSource({ url: database.url, rolePrefix: '', poolSize: 1, entities }).initialize();
    expect(await pendingSchemaChanges(source)).toEqual([]);
    await source.destroy();
    await database.drop();
  });
});
