import { FileBarCache, openBarCache } from '@assay/market-data';
import { CONFIG, type AppConfig } from '@assay/platform';
import { Logger, Module, type Provider } from '@nestjs/common';
import { AccountBook } from './accounts/account-book';
import { PaperAccounts } from './accounts/paper-accounts';
import { PaperClient } from './adapters/paper/client';
import { PaperAccountRows } from './adapters/paper/store';
import { VenuePool } from './adapters/venue-pool';
import { FreshBars } from './bars/fresh-bars';
import { LastPrices } from './bars/last-prices';
import { SeriesStore } from './bars/series-store';
import { SymbolLock } from './database/symbol-lock';
import { EndedIntents } from './execution/ended-intents';
import { FlattenService } from './execution/flatten.service';
import { GivenUpEntries } from './execution/given-up-entries';
import { IntentSender } from './execution/intent-sender';
import { OpenOrdersService } from './execution/open-orders.service';
import { OrderOutcomes } from './execution/order-outcomes';
import { OrderPlanner } from './execution/order-planner';
import { RecoveryService } from './execution/recovery.service';
import { SendCheck } from './execution/send-check';
import { SendFence } from './execution/send-fence';
import { SymbolFreeze } from './execution/symbol-freeze';
import { VenueReader } from './execution/venue-reader';
import { RecordsModule } from './records/records.module';
import { EquityMarks } from './risk-gate/equity-marks';
import { RiskFactsReader } from './risk-gate/risk-facts';
import { SplitGuard } from './risk-gate/split-guard';
import { BarFeed } from './runs/bar-feed';
import { Compute } from './runs/compute';
import { EarlierRuns } from './runs/earlier-runs';
import { ReplayCheck } from './replay/replay-check';
import { RunService } from './runs/run.service';
import { RunScheduler } from './schedules/run-scheduler';
import { Artifacts } from './strategies/artifacts';
import { Attestations } from './strategies/attestations';
import { StrategyDocuments } from './strategies/strategy-documents';

/** Files of stored bars, which this process reads in place of many rows. */
const barCache: Provider = {
  provide: FileBarCache,
  inject: [CONFIG],
  useFactory: (config: AppConfig) =>
    openBarCache({ ...config.barCache, report: (text) => new Logger(FileBarCache.name).warn(text) }),
};

const providers = [
  AccountBook,
  Artifacts,
  Attestations,
  BarFeed,
  SplitGuard,
  barCache,
  Compute,
  EarlierRuns,
  EndedIntents,
  EquityMarks,
  FlattenService,
  FreshBars,
  GivenUpEntries,
  IntentSender,
  LastPrices,
  OpenOrdersService,
  OrderOutcomes,
  OrderPlanner,
  { provide: PaperAccounts, useClass: PaperAccountRows },
  PaperClient,
  RecoveryService,
  ReplayCheck,
  RiskFactsReader,
  RunScheduler,
  RunService,
  SendCheck,
  SendFence,
  SeriesStore,
  StrategyDocuments,
  SymbolFreeze,
  SymbolLock,
  VenuePool,
  VenueReader,
];

/** Everything between a closed bar and a stored fill; the HTTP service and the worker share it. */
@Module({ imports: [RecordsModule], providers, exports: providers })
export class TradeCoreModule {}
