import { createHttpApp, runService } from '@assay/platform';
import { TradeModule } from './trade.module';

runService('trade', () => createHttpApp(TradeModule, { service: 'trade', globalPrefix: 'api/v1' }));
