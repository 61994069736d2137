import { PersistenceModule } from '@assay/persistence';
import { JobsModule } from '@assay/platform';
import { Module } from '@nestjs/common';
import { AccountsController } from './accounts/accounts.controller';
import { AccountsService } from './accounts/accounts.service';
import { DeploymentAccount } from './accounts/deployment-account';
import { DeployWarnings } from './deployments/deploy-warnings';
import { DeploymentChangesService } from './deployments/deployment-changes.service';
import { DeploymentLogsController } from './deployments/deployment-logs.controller';
import { DeploymentLogsService } from './deployments/deployment-logs.service';
import { DeploymentsController } from './deployments/deployments.controller';
import { DeploymentsService } from './deployments/deployments.service';
import { OwnDeployments } from './deployments/own-deployments';
import { tradeEntities } from './entities';
import { ConfirmationService } from './live/confirmation.service';
import { DryRunService } from './live/dry-run.service';
import { LiveController } from './live/live.controller';
import { LiveGuard } from './deployments/live-guard';
import { TradePasswordService } from './live/trade-password.service';
import { TradingStateController } from './live/trading-state.controller';
import { TradingStateService } from './live/trading-state.service';
import { OverviewController } from './overview/overview.controller';
import { OverviewService } from './overview/overview.service';
import { ReferenceDataController } from './reference-data/reference-data.controller';
import { ReferenceDataService } from './reference-data/reference-data.service';
import { ResultsController } from './strategies/results.controller';
import { ResultsService } from './strategies/results.service';
import { OwnStrategies } from './strategies/own-strategies';
import { StrategiesController } from './strategies/strategies.controller';
import { StrategiesService } from './strategies/strategies.service';
import { TradeCoreModule } from './trade-core.module';

/** The HTTP service. */
@Module({
  imports: [
    PersistenceModule.forService({ service: 'trade', process: 'http', entities: tradeEntities }),
    JobsModule.forService({ service: 'trade', worker: false }),
    TradeCoreModule,
  ],
  controllers: [
    StrategiesController,
    ResultsController,
    DeploymentLogsController,
    DeploymentsController,
    LiveController,
    AccountsController,
    TradingStateController,
    ReferenceDataController,
    OverviewController,
  ],
  providers: [
    AccountsService,
    DeploymentAccount,
    ConfirmationService,
    DeployWarnings,
    DeploymentChangesService,
    DeploymentLogsService,
    DeploymentsService,
    DryRunService,
    LiveGuard,
    OwnDeployments,
    OwnStrategies,
    OverviewService,
    ReferenceDataService,
    ResultsService,
    StrategiesService,
    TradePasswordService,
    TradingStateService,
  ],
})
export class TradeModule {}
