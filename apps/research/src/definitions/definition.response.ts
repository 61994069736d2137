import type { FeatureContent } from '../recipes/feature-content';
import type { ModelContent } from '../recipes/model-content';
import type { SignalContent } from '../recipes/signal-content';
import { ArrayField, DateTimeField, IntegerField, JsonField, StringField, UuidField } from '@assay/platform';

/** What features, models and signal logics are all answered with. */
export class DefinitionDto {
  @UuidField() id: string;
  @StringField() name: string;
  @IntegerField({ description: '+1 when the content changes' }) revision: number;
  @StringField({ description: 'SHA-256 of the content' }) hash: string;
  @IntegerField({ description: 'optimistic lock, +1 on every write' }) version: number;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class DefinitionRevisionDto {
  @IntegerField() revision: number;
  @StringField({ description: 'SHA-256 of the content' }) hash: string;
  @JsonField({ description: 'what strategies pin' }) content: FeatureContent | ModelContent | SignalContent;
  @DateTimeField() created_at: string;
}

/** Oldest first. */
export class DefinitionRevisionsDto {
  @ArrayField(() => DefinitionRevisionDto) items: DefinitionRevisionDto[];
  @IntegerField({ nullable: true }) next_cursor: number | null;
}
