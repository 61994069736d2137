import { BacktestEntity } from './backtests/backtest.entity';
import { TrialAxisEntity } from './experiments/trial-axis.entity';
import { TrialEntity } from './experiments/trial.entity';
import { DatasetEntity } from './features/dataset.entity';
import { FeatureRevisionEntity } from './features/feature-revision.entity';
import { FeatureEntity } from './features/feature.entity';
import { ModelArtifactEntity } from './models/model-artifact.entity';
import { ModelRevisionEntity } from './models/model-revision.entity';
import { ModelEntity } from './models/model.entity';
import { EvidenceEntity } from './promotion/evidence.entity';
import { PromotionHistoryEntity } from './promotion/promotion-history.entity';
import { SignalLogicRevisionEntity } from './signals/signal-logic-revision.entity';
import { SignalLogicEntity } from './signals/signal-logic.entity';
import { StrategyRevisionEntity } from './strategies/strategy-revision.entity';
import { StrategyEntity } from './strategies/strategy.entity';
import { ValidationEntity } from './validation/validation.entity';

/** Every entity of schema `research`. */
export const researchEntities = [
  StrategyEntity,
  StrategyRevisionEntity,
  FeatureEntity,
  FeatureRevisionEntity,
  DatasetEntity,
  ModelEntity,
  ModelRevisionEntity,
  ModelArtifactEntity,
  SignalLogicEntity,
  SignalLogicRevisionEntity,
  BacktestEntity,
  ValidationEntity,
  TrialAxisEntity,
  TrialEntity,
  EvidenceEntity,
  PromotionHistoryEntity,
];
