import { AccountEntity } from './accounts/account.entity';
import { AccountDayEntity } from './accounts/account-day.entity';
import { PaperAccountEntity } from './adapters/paper/paper-account.entity';
import { PaperFillEntity } from './adapters/paper/paper-fill.entity';
import { PaperOrderEntity } from './adapters/paper/paper-order.entity';
import { PaperPositionEntity } from './adapters/paper/paper-position.entity';
import { SendCallEntity } from './adapters/paper/send-call.entity';
import { DeploymentEntity } from './deployments/deployment.entity';
import { FillEntity } from './execution/fill.entity';
import { FlattenRequestEntity } from './execution/flatten-request.entity';
import { OrderEntity } from './execution/order.entity';
import { OrderIntentEntity } from './execution/order-intent.entity';
import { PositionEntity } from './execution/position.entity';
import { StopLatchEntity } from './execution/stop-latch.entity';
import { ConfirmationEntity } from './live/confirmation.entity';
import { DryRunEntity } from './live/dry-run.entity';
import { TradePasswordEntity } from './live/trade-password.entity';
import { FxRateEntity } from './reference-data/fx-rate.entity';
import { InstrumentEntity } from './reference-data/instrument.entity';
import { TickerMappingEntity } from './reference-data/ticker-mapping.entity';
import { ReplayEntity } from './replay/replay.entity';
import { ResultEntity } from './results/result.entity';
import { EvaluatorStateEntity } from './runs/evaluator-state.entity';
import { RunEntity } from './runs/run.entity';
import { SignalLogEntity } from './runs/signal-log.entity';
import { TradeLogEntity } from './runs/trade-log.entity';
import { EvidenceEntity } from './strategies/evidence.entity';
import { StrategyEntity } from './strategies/strategy.entity';
import { StrategySymbolEntity } from './strategies/strategy-symbol.entity';

/** Every table that the trade service writes. */
export const tradeEntities = [
  AccountEntity,
  AccountDayEntity,
  PaperAccountEntity,
  PaperFillEntity,
  PaperOrderEntity,
  PaperPositionEntity,
  SendCallEntity,
  DeploymentEntity,
  FillEntity,
  FlattenRequestEntity,
  OrderEntity,
  OrderIntentEntity,
  PositionEntity,
  StopLatchEntity,
  ConfirmationEntity,
  DryRunEntity,
  TradePasswordEntity,
  FxRateEntity,
  InstrumentEntity,
  TickerMappingEntity,
  ReplayEntity,
  ResultEntity,
  EvaluatorStateEntity,
  RunEntity,
  SignalLogEntity,
  TradeLogEntity,
  EvidenceEntity,
  StrategyEntity,
  StrategySymbolEntity,
];
