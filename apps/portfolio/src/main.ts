import { createHttpApp } from '@assay/platform';
import { PortfolioModule } from './portfolio.module';

void createHttpApp(PortfolioModule, { service: 'portfolio', globalPrefix: '', events: true });
