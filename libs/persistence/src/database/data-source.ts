import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { DatabaseSettings } from './database-settings';
import { AfterCommitSubscriber } from './after-commit';
import { roleOptions } from './service-role';

export type EntityClass = (abstract new (...args: never[]) => unknown) | EntitySchema;

export interface DataSourceInput extends DatabaseSettings {
  entities: EntityClass[];
  /** Work as this role in every session. */
  role?: string;
  applicationName?: string;
}

/** A data source that is not yet connected. The schema comes from the migrations alone. */
export function createDataSource(input: DataSourceInput): DataSource {
  return new DataSource({
    type: 'postgres',
    url: input.url,
    entities: input.entities,
    subscribers: [AfterCommitSubscriber],
    synchronize: false,
    installExtensions: false,
    poolSize: input.poolSize,
    applicationName: input.applicationName,
    logging: false,
    extra: { options: [roleOptions(input.role), '-c timezone=UTC'].filter(Boolean).join(' ') },
  });
}
