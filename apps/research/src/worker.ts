import { createWorkerApp, runService } from '@assay/platform';
import { ResearchWorkerModule } from './research.module';

runService('research-worker', () => createWorkerApp(ResearchWorkerModule, { service: 'research', events: false }));
