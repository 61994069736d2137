import { featurePlugins } from '@assay/pipeline';
import { ArrayField, BooleanField, EnumField, IntegerField, JsonField, StringField, UuidField } from '@assay/platform';
import { DefinitionDto, DefinitionRevisionDto } from '../definitions/definition.dto';

const NAME = {
  pattern: /^[A-Za-z_][A-Za-z0-9_.]{0,63}$/,
  description: 'what rules and models call the column',
  example: 'rsi_14',
};

const PLUGIN = { values: [...featurePlugins.keys()], description: 'see /features/plugins' };

export class CreateFeatureDto {
  @StringField(NAME) name: string;
  @EnumField({ ...PLUGIN, example: 'rsi' }) plugin: string;
  @JsonField({ optional: true, description: "the plugin's parameters; see /features/plugins", example: { window: 14 } })
  params?: Record<string, unknown>;
}

export class UpdateFeatureDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @StringField({ ...NAME, optional: true }) name?: string;
  @EnumField({ ...PLUGIN, optional: true }) plugin?: string;
  @JsonField({ optional: true }) params?: Record<string, unknown>;
}

export class FeatureDto extends DefinitionDto {
  @StringField() plugin: string;
  @JsonField({ description: 'complete, defaults filled in' }) params: object;
}

export class FeaturePageDto {
  @ArrayField(() => FeatureDto) items: FeatureDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class FeatureVersionDto extends DefinitionRevisionDto {
  @ArrayField('json', { description: 'datasets generated from this revision' }) datasets: object[];
}

export class FeatureVersionsDto {
  @ArrayField(() => FeatureVersionDto) items: FeatureVersionDto[];
  @IntegerField({ nullable: true }) next_cursor: number | null;
}

export class FeaturePluginDto {
  @StringField() key: string;
  @StringField() version: string;
  @StringField() description: string;
  @JsonField({ description: 'JSON Schema of `params`' }) parameter_schema: object;
  @ArrayField('string') sources: string[];
}

export class FeaturePluginsDto {
  @ArrayField(() => FeaturePluginDto) items: FeaturePluginDto[];
}

/** Which bars; `start` and `end` are inclusive and slice the result, never the history it is computed from. */
export class GenerateFeatureDto {
  @StringField({ optional: true, min: 1, max: 64 }) source?: string;
  @StringField({ min: 1, max: 64 }) symbol: string;
  @StringField({ min: 1, max: 8, example: '1d' }) timeframe: string;
  @StringField({ optional: true, description: 'date or ISO-8601 time' }) start?: string;
  @StringField({ optional: true, description: 'date or ISO-8601 time' }) end?: string;
}

/** Result of the job. */
export class GeneratedDatasetDto {
  @UuidField() dataset_id: string;
  @StringField() hash: string;
  @IntegerField() rows: number;
  @BooleanField({ description: 'true where a dataset of that hash was there already' }) reused: boolean;
  @ArrayField('json', { description: 'last rows: {time, value}' }) preview: object[];
  @JsonField({ description: 'count, missing, mean, std, min, max and quantiles' }) summary: object;
}
