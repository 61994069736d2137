import { buildOpenApi } from '@assay/platform';
import { PortfolioModule } from './portfolio.module';

/** The portfolio service's OpenAPI document, made without a database. */
export const buildPortfolioOpenApi = (): Promise<object> =>
  buildOpenApi(PortfolioModule, {
    service: 'portfolio',
    globalPrefix: '',
    title: 'Assay portfolio',
    description: 'Target weights over promoted strategies.',
  });
