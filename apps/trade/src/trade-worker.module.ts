import { PersistenceModule } from '@assay/persistence';
import { EventsModule, JobsModule } from '@assay/platform';
import { Module } from '@nestjs/common';
import { tradeEntities } from './entities';
import { EntryWatch } from './reconciliation/entry-watch';
import { RestingEntries } from './reconciliation/resting-entry';
import { ReconcileJob } from './reconciliation/reconcile.job';
import { ReconcileSchedule } from './reconciliation/reconcile-schedule';
import { StopLossMonitor } from './reconciliation/stop-loss-monitor';
import { StrategyLevels } from './reconciliation/strategy-levels';
import { WatchedDecision } from './reconciliation/watched-decision';
import { ReplayJob } from './replay/replay.job';
import { RunJob } from './runs/run.job';
import { PromotionConsumer } from './strategies/promotion.consumer';
import { TradeCoreModule } from './trade-core.module';

/** The worker: scheduled runs, replays, reconciliation, and the events of research. */
@Module({
  imports: [
    PersistenceModule.forService({ service: 'trade', process: 'worker', entities: tradeEntities }),
    JobsModule.forService({ service: 'trade', worker: true }),
    EventsModule.relay('trade'),
    TradeCoreModule,
  ],
  controllers: [PromotionConsumer],
  providers: [
    EntryWatch,
    ReconcileJob,
    ReconcileSchedule,
    ReplayJob,
    RestingEntries,
    RunJob,
    StopLossMonitor,
    StrategyLevels,
    WatchedDecision,
  ],
})
export class TradeWorkerModule {}
