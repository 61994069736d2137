import { createHttpApp, runService } from '@assay/platform';
import { PortfolioModule } from './portfolio.module';

runService('portfolio', () => createHttpApp(PortfolioModule, { service: 'portfolio', globalPrefix: '', events: true }));
