import { AccountEntity } from './records/accounts/account.entity';
import { AccountDayEntity } from './records/accounts/account-day.entity';
import { PaperAccountEntity } from './adapters/paper/paper-account.entity';
import { PaperFillEntity } from './adapters/paper/paper-fill.entity';
import { PaperOrderEntity } from './adapters/paper/paper-order.entity';
import { PaperPositionEntity } from './adapters/paper/paper-position.entity';
import { SendCallEntity } from './adapters/paper/send-call.entity';
import { DeploymentEntity } from './records/deployments/deployment.entity';
import { FillEntity } from './records/orders/fill.entity';
import { FlattenRequestEntity } from './records/orders/flatten-request.entity';
import { OrderEntity } from './records/orders/order.entity';
import { OrderIntentEntity } from './records/orders/order-intent.entity';
import { PositionEntity } from './records/positions/position.entity';
import { StopLatchEntity } from './records/positions/stop-latch.entity';
import { ConfirmationEntity } from './records/live/confirmation.entity';
import { DryRunEntity } from './records/live/dry-run.entity';
import { TradePasswordEntity } from './records/live/trade-password.entity';
import { FxRateEntity } from './records/reference-data/fx-rate.entity';
import { InstrumentEntity } from './records/reference-data/instrument.entity';
import { TickerMappingEntity } from './records/reference-data/ticker-mapping.entity';
import { ReplayEntity } from './records/deployments/replay.entity';
import { ResultEntity } from './records/strategies/result.entity';
import { EvaluatorStateEntity } from './records/runs/evaluator-state.entity';
import { RunEntity } from './records/runs/run.entity';
import { SignalLogEntity } from './records/logs/signal-log.entity';
import { TradeLogEntity } from './records/logs/trade-log.entity';
import { EvidenceEntity } from './records/strategies/evidence.entity';
import { StrategyEntity } from './records/strategies/strategy.entity';
import { StrategySymbolEntity } from './records/strategies/strategy-symbol.entity';

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
