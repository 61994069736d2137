import { createHttpApp } from '@assay/platform';
import { ResearchModule } from './research.module';

void createHttpApp(ResearchModule, { service: 'research', globalPrefix: 'api' });
