import type { DynamicModule } from '@nestjs/common';
import { Global, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { OPS_ENTITIES } from '../ops';
import { Outbox } from '../outbox/outbox';
import type { ProcessKind } from './connection-limits';
import { connectionLimits } from './connection-limits';
import type { EntityClass } from './data-source';
import { createDataSource } from './data-source';
import type { ServiceName } from './database-settings';
import { DatabaseProbe } from './database-probe';
import { databaseSettings } from './database-settings';
import { availableRole, roleName } from './service-role';
import { Transactions } from './transactions';

export interface PersistenceOptions {
  service: ServiceName;
  entities: EntityClass[];
  /** Which limits its connections work under. */
  process: ProcessKind;
}

@Global()
@Module({})
export class PersistenceModule {
  /**
   * The service's connection, its repositories (`@InjectRepository`), `Transactions` and `Outbox`, visible in every module.
   * `entities` are the service's own; those of `ops` are always there.
   */
  static forService({ service, entities, process }: PersistenceOptions): DynamicModule {
    const all = [...new Set([...OPS_ENTITIES, ...entities])];
    const connection = TypeOrmModule.forRootAsync({
      useFactory: () => ({ type: 'postgres', retryAttempts: 0 }),
      dataSourceFactory: () => connect(service, all, process),
    });
    const features = TypeOrmModule.forFeature(all as never);
    return {
      module: PersistenceModule,
      imports: [connection, features],
      providers: [Transactions, Outbox, DatabaseProbe],
      exports: [features, Transactions, Outbox, DatabaseProbe],
    };
  }
}

async function connect(service: ServiceName, entities: EntityClass[], kind: ProcessKind): Promise<DataSource> {
  const settings = databaseSettings();
  const role = await availableRole(settings, service);
  if (!role) {
    new Logger('PersistenceModule').warn(
      `role ${roleName(settings.rolePrefix, service)} is not available to the database user: running as that user`,
    );
  }
  const limits = connectionLimits(kind);
  return createDataSource({ ...settings, entities, role, limits, applicationName: `assay-${service}` }).initialize();
}
