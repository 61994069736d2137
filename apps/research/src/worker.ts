import { createWorkerApp } from '@assay/platform';
import { ResearchWorkerModule } from './research.module';

void createWorkerApp(ResearchWorkerModule, { service: 'research', events: false });
