import { AnnotationEntity } from './annotations/annotation.entity';
import { BacktestEntity } from './backtests/backtest.entity';
import { OutsideTrialsEntity } from './trials/outside-trials.entity';
import { HoldoutEntity } from './holdouts/holdout.entity';
import { TrialAxisEntity } from './trials/trial-axis.entity';
import { TrialEntity } from './trials/trial.entity';
import { DatasetEntity } from './datasets/dataset.entity';
import { FeatureRevisionEntity } from './definitions/feature-revision.entity';
import { FeatureEntity } from './definitions/feature.entity';
import { ModelArtifactEntity } from './model-artifacts/model-artifact.entity';
import { ModelRevisionEntity } from './definitions/model-revision.entity';
import { ModelEntity } from './definitions/model.entity';
import { EvidenceEntity } from './promotions/evidence.entity';
import { PromotionHistoryEntity } from './promotions/promotion-history.entity';
import { SignalLogicRevisionEntity } from './definitions/signal-logic-revision.entity';
import { SignalLogicEntity } from './definitions/signal-logic.entity';
import { SigningKeyEntity, SigningSecretEntity } from './signing/signing-key.entity';
import { StrategyRevisionEntity } from './strategies/strategy-revision.entity';
import { StrategyEntity } from './strategies/strategy.entity';
import { ValidationEntity } from './validations/validation.entity';

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
  OutsideTrialsEntity,
  HoldoutEntity,
  EvidenceEntity,
  PromotionHistoryEntity,
  AnnotationEntity,
  SigningKeyEntity,
  SigningSecretEntity,
];
