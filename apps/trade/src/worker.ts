import { createWorkerApp } from '@assay/platform';
import { TradeWorkerModule } from './trade-worker.module';

void createWorkerApp(TradeWorkerModule, { service: 'trade' });
