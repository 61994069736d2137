import { createWorkerApp, runService } from '@assay/platform';
import { TradeWorkerModule } from './trade-worker.module';

runService('trade-worker', () => createWorkerApp(TradeWorkerModule, { service: 'trade' }));
