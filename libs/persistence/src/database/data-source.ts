import type { EntitySchema } from 'typeorm';
import { DataSource } from 'typeorm';
import type { DatabaseSettings } from './database-settings';
import { AfterCommitSubscriber } from './after-commit';
import { limitOptions, type ConnectionLimits } from './connection-limits';
import { guardConnections } from './guarded-connections';
import { roleOptions } from './service-role';

export type EntityClass = (abstract new (...args: never[]) => unknown) | EntitySchema;

export interface DataSourceInput extends DatabaseSettings {
  entities: EntityClass[];
  /** Work as this role in every session. */
  role?: string;
  applicationName?: string;
  /** None: statements and waits have no end but the caller's. */
  limits?: ConnectionLimits;
}

/** A data source that is not yet connected, its connections guarded. The schema comes from the migrations alone. */
export function createDataSource(input: DataSourceInput): DataSource {
  const { limits } = input;
  const source = new DataSource({
    type: 'postgres',
    url: input.url,
    entities: input.entities,
    subscribers: [AfterCommitSubscriber],
    synchronize: false,
    installExtensions: false,
    poolSize: input.poolSize,
    applicationName: input.applicationName,
    logging: false,
    connectTimeoutMS: limits?.poolWaitMs,
    extra: {
      options: [roleOptions(input.role), '-c timezone=UTC', limits && limitOptions(limits)].filter(Boolean).join(' '),
    },
  });
  return guardConnections(source);
}
