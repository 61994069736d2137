import { Module } from '@nestjs/common';
import { BrokerRegistry } from './adapters/broker-registry';
import { VenueReader } from './adapters/venue-facts';
import { PaperBook } from './adapters/paper/paper-book';
import { SeriesStore } from './bars/series-store';
import { DecisionService } from './execution/decision.service';
import { FlattenService } from './execution/flatten.service';
import { IntentSender } from './execution/intent-sender';
import { OpenOrdersService } from './execution/open-orders.service';
import { OrderOutcomes } from './execution/order-outcomes';
import { RecoveryService } from './execution/recovery.service';
import { SendCheck } from './execution/send-check';
import { SendFence } from './execution/send-fence';
import { SymbolLock } from './execution/symbol-lock';
import { RiskGate } from './risk-gate/risk-gate.service';
import { Artifacts } from './runs/artifacts';
import { BarFeed } from './runs/bar-feed';
import { Compute } from './runs/compute';
import { RunService } from './runs/run.service';
import { Wakes } from './schedules/wakes';

const providers = [
  Artifacts,
  BarFeed,
  BrokerRegistry,
  Compute,
  DecisionService,
  FlattenService,
  IntentSender,
  OpenOrdersService,
  OrderOutcomes,
  PaperBook,
  RecoveryService,
  RiskGate,
  RunService,
  SendCheck,
  SendFence,
  SeriesStore,
  SymbolLock,
  VenueReader,
  Wakes,
];

/** Everything between a closed bar and a stored fill; the HTTP service and the worker share it. */
@Module({ providers, exports: providers })
export class TradeCoreModule {}
