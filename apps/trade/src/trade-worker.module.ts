import { PersistenceModule } from '@assay/persistence';
import { EventsModule, JobsModule } from '@assay/platform';
import { Module } from '@nestjs/common';
import { tradeEntities } from './entities';
import { ReconcileHandler } from './reconciliation/reconcile.handler';
import { ReconcileSchedule } from './reconciliation/reconcile-schedule';
import { StopWatch } from './reconciliation/stop-watch';
import { ReplayHandler } from './replay/replay.handler';
import { RunHandler } from './runs/run.handler';
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
  providers: [ReconcileHandler, ReconcileSchedule, ReplayHandler, RunHandler, StopWatch],
})
export class TradeWorkerModule {}
