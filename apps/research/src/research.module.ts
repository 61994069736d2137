import { PersistenceModule } from '@assay/persistence';
import { FileBarCache, openBarCache } from '@assay/market-data';
import { CONFIG, EventsModule, JobsModule, type AppConfig } from '@assay/platform';
import { Logger, Module, type Provider } from '@nestjs/common';
import { AnnotationsController } from './annotations/annotations.controller';
import { AnnotationsService } from './annotations/annotations.service';
import { Artifacts } from './artifacts/artifacts';
import { BacktestFiguresController } from './backtests/backtest-figures.controller';
import { BacktestFigures } from './backtests/backtest-figures.service';
import { BacktestInputs } from './backtests/backtest-inputs';
import { BacktestRobustnessController } from './backtests/backtest-robustness.controller';
import { BacktestRobustness } from './backtests/backtest-robustness.service';
import { BacktestsController } from './backtests/backtests.controller';
import { BacktestsService } from './backtests/backtests.service';
import { BacktestReportsController } from './backtests/report/backtest-reports.controller';
import { BacktestReports } from './backtests/report/backtest-reports.service';
import { ExecuteBacktest } from './backtests/execute-backtest.job';
import { BacktestCompletion } from './backtests/backtest-completion';
import { RunUniverse } from './backtests/run-universe';
import { SweepInputs } from './backtests/sweeps/sweep-inputs';
import { SweepShard } from './backtests/sweeps/sweep-shard.job';
import { Sweep } from './backtests/sweeps/sweep.job';
import { SweepService } from './backtests/sweeps/sweeps.service';
import { SweptCells } from './backtests/sweeps/swept-cells.service';
import { SweptLineage } from './backtests/sweeps/swept-lineage';
import { SweepsController } from './backtests/sweeps/sweeps.controller';
import { ActionsController } from './data/actions/actions.controller';
import { ActionsService } from './data/actions/actions.service';
import { DataController } from './data/data.controller';
import { DataService } from './data/data.service';
import { BarPieces } from './data/bar-pieces';
import { ExportController } from './data/exporting/export.controller';
import { ExportService } from './data/exporting/export.service';
import { BarImports } from './data/imports/bar-imports';
import { FileImports } from './data/imports/file-imports';
import { ImportBars } from './data/imports/import-bars.job';
import { ImportFile } from './data/imports/import-file.job';
import { SweepUploads } from './data/imports/sweep-uploads.job';
import { JoinController } from './data/joining/join.controller';
import { JoinService } from './data/joining/join.service';
import { NewsController } from './data/news/news.controller';
import { NewsService } from './data/news/news.service';
import { ObservationsController } from './data/observations/observations.controller';
import { ObservationsService } from './data/observations/observations.service';
import { LargeExports } from './data/exporting/large-exports';
import { ResampleController } from './data/resampling/resample.controller';
import { ResampleService } from './data/resampling/resample.service';
import { FramesController } from './data/frames/frames.controller';
import { FramesService } from './data/frames/frames.service';
import { DataThreads } from './data/threads/data-threads';
import { TradeBarsController } from './data/trades/trade-bars.controller';
import { TradeBarsService } from './data/trades/trade-bars.service';
import { MarketData } from './data/market-data';
import { PinFingerprints } from './data/pin-fingerprints';
import { Feeds } from './data/subscriptions/feeds';
import { RefreshDue } from './data/subscriptions/refresh-due.job';
import { RefreshSeries } from './data/subscriptions/refresh-series.job';
import { SubscriptionsController } from './data/subscriptions/subscriptions.controller';
import { SubscriptionsService } from './data/subscriptions/subscriptions.service';
import { SubscriptionRows } from './records/market/subscription-rows.store';
import { marketEntities } from './records/market/market-entities';
import { DefinitionImport } from './strategies/definition-import';
import { EvidenceController } from './evidence/evidence.controller';
import { EvidenceFiles } from './evidence/evidence-files';
import { EvidenceRecords } from './evidence/evidence-records';
import { JudgedLedgers } from './evidence/judged-ledgers';
import { SigningKeys } from './evidence/signing-keys';
import { References } from './definitions/references';
import { researchEntities } from './records/research-entities';
import { researchStores } from './records/stores';
import { ExperimentsController } from './experiments/experiments.controller';
import { ExperimentsService } from './experiments/experiments.service';
import { LedgerService } from './experiments/ledger.service';
import { FeaturesController } from './features/features.controller';
import { FeaturesService } from './features/features.service';
import { GenerateFeature } from './features/generate-feature.job';
import { HoldoutsController } from './holdouts/holdouts.controller';
import { HoldoutsService } from './holdouts/holdouts.service';
import { LookAtHoldout } from './holdouts/look.job';
import { LookInputs } from './holdouts/look-inputs';
import { LookJudgement } from './holdouts/look-judgement';
import { ModelImports } from './models/model-imports';
import { KeptFits } from './models/kept-fits';
import { ModelWriteBack } from './models/model-write-back';
import { ModelsController } from './models/models.controller';
import { ModelsService } from './models/models.service';
import { TrainModel } from './models/train-model.job';
import { TuneModel } from './models/tune-model.job';
import { PromotionController } from './promotion/promotion.controller';
import { PromotionService } from './promotion/promotion.service';
import { Compute } from './runs/compute';
import { ComparisonLoader } from './runs/comparison';
import { UniverseInputsLoader } from './runs/universe/universe-inputs';
import { JudgedRuns } from './runs/judged-run';
import { LockedBars } from './runs/locked-bars';
import { RunInputsLoader } from './runs/run-inputs';
import { ExplainSignal } from './signals/explain-signal.job';
import { GenerateSignals } from './signals/generate-signals.job';
import { SignalsController } from './signals/signals.controller';
import { SignalsService } from './signals/signals.service';
import { RecipeComposer } from './strategies/recipe-composer';
import { StrategiesController } from './strategies/strategies.controller';
import { StrategiesService } from './strategies/strategies.service';
import { StrategyDerivation } from './strategies/strategy-derivation.service';
import { StrategyExchange } from './strategies/strategy-exchange.service';
import { StrategyLineage } from './strategies/strategy-lineage.service';
import { Cpcv } from './validation/cpcv.job';
import { GateJudge } from './validation/gate-judge';
import { ValidationRun } from './validation/validation-run';
import { ValidationController } from './validation/validation.controller';
import { ValidationService } from './validation/validation.service';
import { ReportsController } from './validation/report/reports.controller';
import { ReportsService } from './validation/report/reports.service';
import { WalkForwardSearch } from './validation/search/walk-forward-search.job';
import { WalkForward } from './validation/walk-forward.job';

const persistence = (process: 'http' | 'worker') =>
  PersistenceModule.forService({ service: 'research', process, entities: [...researchEntities, ...marketEntities] });

/** Files of stored bars, which this process reads in place of many rows. */
const barCache: Provider = {
  provide: FileBarCache,
  inject: [CONFIG],
  useFactory: (config: AppConfig) =>
    openBarCache({ ...config.barCache, report: (text) => new Logger(FileBarCache.name).warn(text) }),
};

const shared: Provider[] = [
  Artifacts,
  barCache,
  PinFingerprints,
  MarketData,
  BarPieces,
  DataThreads,
  ActionsService,
  DataService,
  BarImports,
  FileImports,
  Feeds,
  RecipeComposer,
  StrategiesService,
  LockedBars,
  RunInputsLoader,
  UniverseInputsLoader,
  ComparisonLoader,
  SigningKeys,
  EvidenceRecords,
  JudgedLedgers,
  ...researchStores,
];

/** The HTTP process: answers requests and submits jobs; nothing heavy runs here. */
@Module({
  imports: [persistence('http'), JobsModule.forService({ service: 'research', worker: false })],
  controllers: [
    StrategiesController,
    PromotionController,
    HoldoutsController,
    FeaturesController,
    ModelsController,
    SignalsController,
    SweepsController,
    BacktestsController,
    BacktestFiguresController,
    BacktestRobustnessController,
    BacktestReportsController,
    ValidationController,
    ReportsController,
    EvidenceController,
    DataController,
    ActionsController,
    FramesController,
    SubscriptionsController,
    ResampleController,
    TradeBarsController,
    ExportController,
    ObservationsController,
    NewsController,
    JoinController,
    ExperimentsController,
    AnnotationsController,
  ],
  providers: [
    ...shared,
    SubscriptionRows,
    SubscriptionsService,
    ResampleService,
    TradeBarsService,
    LargeExports,
    ExportService,
    FramesService,
    ObservationsService,
    NewsService,
    JoinService,
    DefinitionImport,
    References,
    StrategyExchange,
    StrategyDerivation,
    SweptCells,
    SweptLineage,
    StrategyLineage,
    PromotionService,
    LookInputs,
    HoldoutsService,
    FeaturesService,
    Compute,
    ModelImports,
    ModelWriteBack,
    KeptFits,
    ModelsService,
    SignalsService,
    BacktestsService,
    BacktestFigures,
    BacktestInputs,
    BacktestRobustness,
    BacktestReports,
    SweepService,
    ValidationService,
    ReportsService,
    EvidenceFiles,
    ExperimentsService,
    LedgerService,
    AnnotationsService,
  ],
})
export class ResearchModule {}

/** The worker process: one handler per job kind. */
@Module({
  imports: [
    persistence('worker'),
    JobsModule.forService({ service: 'research', worker: true }),
    EventsModule.relay('research'),
  ],
  providers: [
    ...shared,
    Compute,
    ModelWriteBack,
    KeptFits,
    GateJudge,
    JudgedRuns,
    ValidationRun,
    GenerateFeature,
    TrainModel,
    TuneModel,
    GenerateSignals,
    ExplainSignal,
    BacktestInputs,
    ExecuteBacktest,
    RunUniverse,
    BacktestCompletion,
    SweepInputs,
    Sweep,
    SweepShard,
    WalkForward,
    WalkForwardSearch,
    Cpcv,
    LookInputs,
    LookJudgement,
    LookAtHoldout,
    ImportBars,
    ImportFile,
    SweepUploads,
    RefreshDue,
    RefreshSeries,
  ],
})
export class ResearchWorkerModule {}
