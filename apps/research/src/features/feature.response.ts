import type { FeaturePlugin } from '@assay/pipeline';
import { ArrayField, DateTimeField, IntegerField, JsonField, StringField, UuidField } from '@assay/platform';
import { ColumnProfileDto } from '../data/frames/frames.response';
import type { DatasetProfile } from '../data/threads/dataset-profile';
import type { FeatureContent } from '../recipes/feature-content';
import { DefinitionDto, DefinitionRevisionDto } from '../definitions/definition.response';

export interface FeatureDataset {
  dataset_id: string;
  hash: string;
  source: string;
  symbol: string;
  timeframe: string;
  start: string;
  end: string;
  rows: number;
  created_at: string;
}

export class FeatureDto extends DefinitionDto {
  @StringField() plugin: string;
  @JsonField({ description: 'complete, defaults filled in' }) params: FeatureContent['params'];
}

export class FeaturePageDto {
  @ArrayField(() => FeatureDto) items: FeatureDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class FeatureVersionDto extends DefinitionRevisionDto {
  @ArrayField('json', { description: 'datasets generated from this revision' }) datasets: FeatureDataset[];
}

export class FeatureVersionsDto {
  @ArrayField(() => FeatureVersionDto) items: FeatureVersionDto[];
  @IntegerField({ nullable: true }) next_cursor: number | null;
}

/** `column` is the name of the feature. */
export class DatasetProfileDto extends ColumnProfileDto implements DatasetProfile {
  @UuidField() dataset_id: string;
  @IntegerField() rows: number;
  @DateTimeField({ nullable: true }) first: string | null;
  @DateTimeField({ nullable: true }) last: string | null;
  @ArrayField('json', { description: 'the last rows, {time, value}, the newest last; null where a bar has no value' })
  tail: DatasetProfile['tail'];
}

export class FeaturePluginDto {
  @StringField() key: string;
  @StringField() version: string;
  @StringField() description: string;
  @JsonField({ description: 'JSON Schema of `params`' }) parameter_schema: FeaturePlugin['parameterSchema'];
  @ArrayField('string') sources: string[];
}

export class FeaturePluginsDto {
  @ArrayField(() => FeaturePluginDto) items: FeaturePluginDto[];
}
