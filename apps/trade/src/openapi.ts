import { buildOpenApi } from '@assay/platform';
import { TradeModule } from './trade.module';

/** The trade service's OpenAPI document, made without a database. */
export const buildTradeOpenApi = (): Promise<object> =>
  buildOpenApi(TradeModule, {
    service: 'trade',
    globalPrefix: 'api/v1',
    title: 'Assay trade',
    description: 'Strategies, deployments, execution log and live confirmation.',
  });
