import { Global, Module } from '@nestjs/common';
import { AccountStore } from './accounts/account.store';
import { DeploymentStore } from './deployments/deployment.store';
import { ReplayStore } from './deployments/replay.store';
import { LiveStore } from './live/live.store';
import { LogStore } from './logs/log.store';
import { FlattenStore } from './orders/flatten.store';
import { OrderStore } from './orders/order.store';
import { OverviewStore } from './overview/overview.store';
import { PositionStore } from './positions/position.store';
import { ReferenceDataStore } from './reference-data/reference-data.store';
import { RunStore } from './runs/run.store';
import { InstallationKeyStore } from './strategies/installation-key.store';
import { ResultStore } from './strategies/result.store';
import { StrategyStore } from './strategies/strategy.store';

const providers = [
  AccountStore,
  DeploymentStore,
  FlattenStore,
  InstallationKeyStore,
  LiveStore,
  LogStore,
  OrderStore,
  OverviewStore,
  PositionStore,
  ReferenceDataStore,
  ReplayStore,
  ResultStore,
  RunStore,
  StrategyStore,
];

/** One store an aggregate: the only files that hold the SQL of its tables. */
@Global()
@Module({ providers, exports: providers })
export class RecordsModule {}
