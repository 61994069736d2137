import { createDataSource, OPS_ENTITIES, pendingSchemaChanges } from '@assay/persistence';
import { createTestDatabase } from '@assay/testing';
import { PORTFOLIO_ENTITIES } from './portfolio.module';

describe('the portfolio entities', () => {
  it('are what the migrations make', async () => {
    const database = await createTestDatabase();
    const entities = [...OPS_ENTITIES, ...PORTFOLIO_ENTITIES];
    const source = await createDataSource({ url: database.url, rolePrefix: '', poolSize: 1, entities }).initialize();
    expect(await pendingSchemaChanges(source)).toEqual([]);
    await source.destroy();
    await database.drop();
  });
});
