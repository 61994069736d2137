import { featurePlugins } from '@assay/pipeline';
import { ArrayField, EnumField, IntegerField, JsonField, StringField } from '@assay/platform';
import { SERIES_NAME } from '../data/series-name';

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

export class DatasetProfileQuery {
  @IntegerField({ optional: true, min: 1, max: 500, default: 20, description: 'of the histogram' }) bins?: number;
  @IntegerField({ optional: true, min: 0, max: 100, default: 10, description: 'of the tail' }) rows?: number;
}

/** Which bars; `start` and `end` are inclusive and slice the result, never the history it is computed from. */
export class GenerateFeatureDto {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ min: 1, max: 64 }) symbol: string;
  @StringField({ min: 1, max: 8, example: '1d' }) timeframe: string;
  @StringField({ optional: true, description: 'date or ISO-8601 time' }) start?: string;
  @StringField({ optional: true, description: 'date or ISO-8601 time' }) end?: string;
  @ArrayField('uuid', { optional: true, max: 63, description: 'features listed before it, which it may read by name' })
  reads?: string[];
}
