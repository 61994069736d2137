import { createHttpApp } from '@assay/platform';
import { TradeModule } from './trade.module';

void createHttpApp(TradeModule, { service: 'trade', globalPrefix: 'api/v1' });
