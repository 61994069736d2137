import type { DataSource } from 'typeorm';

/**
 * What TypeORM would have to change in the migrated database to make it what the entities of `dataSource` say: nothing, or the two have
 * drifted apart. Only looks; tables without an entity (outbox, inbox, the queue's own) are not compared.
 */
export async function pendingSchemaChanges(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}
