import { AnnotationStore } from './annotations/annotation.store';
import { BacktestStore } from './backtests/backtest.store';
import { DatasetStore } from './datasets/dataset.store';
import { FeatureStore } from './definitions/feature.store';
import { ModelStore } from './definitions/model.store';
import { SignalLogicStore } from './definitions/signal-logic.store';
import { ModelArtifactStore } from './model-artifacts/model-artifact.store';
import { PromotionStore } from './promotions/promotion.store';
import { SigningKeyStore } from './signing/signing-key.store';
import { StrategyStore } from './strategies/strategy.store';
import { OutsideTrialsStore } from './trials/outside-trials.store';
import { HoldoutStore } from './holdouts/holdout.store';
import { TrialLedger } from './trials/trial-ledger.store';
import { ValidationStore } from './validations/validation.store';

/** Every store of schema `research`. */
export const researchStores = [
  StrategyStore,
  FeatureStore,
  ModelStore,
  SignalLogicStore,
  DatasetStore,
  ModelArtifactStore,
  BacktestStore,
  ValidationStore,
  TrialLedger,
  OutsideTrialsStore,
  HoldoutStore,
  PromotionStore,
  AnnotationStore,
  SigningKeyStore,
];
