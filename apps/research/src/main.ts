import { createHttpApp, runService } from '@assay/platform';
import { ResearchModule } from './research.module';

runService('research', () => createHttpApp(ResearchModule, { service: 'research', globalPrefix: 'api' }));
