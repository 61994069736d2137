import { buildOpenApi } from '@assay/platform';
import { ResearchModule } from './research.module';

/** The OpenAPI document of the research service, built without a database. */
export function buildResearchOpenApi(): Promise<object> {
  return buildOpenApi(ResearchModule, {
    service: 'research',
    globalPrefix: 'api',
    title: 'Assay research',
    description: 'Features, models, signals, backtests, validation and promotion of trading strategies.',
  });
}
