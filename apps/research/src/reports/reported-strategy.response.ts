import { ArrayField, DateTimeField, IntegerField, StringField, UuidField } from '@assay/platform';
import type { StrategyWithRevision } from '../records/strategies/strategy.store';

/** Which revision a report is about. */
export class ReportedStrategyDto {
  @UuidField() id: string;
  @StringField() name: string;
  @StringField() kind: string;
  @IntegerField() revision: number;
  @ArrayField('string') universe: string[];
  @StringField() timeframe: string;
  @DateTimeField({ description: 'of the revision' }) created_at: string;
}

export const reportedStrategy = ({ strategy, revision }: StrategyWithRevision): ReportedStrategyDto => ({
  id: strategy.id,
  name: strategy.name,
  kind: strategy.kind,
  revision: revision.revision,
  universe: revision.recipe.universe,
  timeframe: revision.recipe.timeframe,
  created_at: revision.createdAt.toISOString(),
});
