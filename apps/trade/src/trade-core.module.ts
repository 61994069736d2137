import { Module } from '@nestjs/common';
import { BrokerRegistry } from './adapters/broker-registry';
import { VenueReader } from './execution/venue-reader';
import { PaperBook } from './adapters/paper/paper-book';
import { SeriesStore } from './bars/series-store';
import { OrderPlanner } from './execution/order-planner';
import { FlattenService } from './execution/flatten.service';
import { IntentSender } from './execution/intent-sender';
import { OpenOrdersService } from './execution/open-orders.service';
import { OrderOutcomes } from './execution/order-outcomes';
import { RecoveryService } from './execution/recovery.service';
import { SendCheck } from './execution/send-check';
import { SendFence } from './execution/send-fence';
import { SymbolLock } from './database/symbol-lock';
import { PreTradeRisk } from './risk-gate/pre-trade-risk';
import { Artifacts } from './strategies/artifacts';
import { BarFeed } from './runs/bar-feed';
import { Compute } from './runs/compute';
import { RunService } from './runs/run.service';
import { RunScheduler } from './schedules/run-scheduler';

const providers = [
  Artifacts,
  BarFeed,
  BrokerRegistry,
  Compute,
  OrderPlanner,
  FlattenService,
  IntentSender,
  OpenOrdersService,
  OrderOutcomes,
  PaperBook,
  RecoveryService,
  PreTradeRisk,
  RunService,
  SendCheck,
  SendFence,
  SeriesStore,
  SymbolLock,
  VenueReader,
  RunScheduler,
];

/** Everything between a closed bar and a stored fill; the HTTP service and the worker share it. */
@Module({ providers, exports: providers })
export class TradeCoreModule {}
