import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  NumberField,
  StringField,
  UuidField,
} from '@assay/platform';
import { TagsField } from '../listing/tag.request';

export class ExperimentDto {
  @UuidField() id: string;
  @TagsField() tags?: string[];
  @UuidField() lineage_id: string;
  @UuidField() strategy_id: string;
  @StringField({ description: 'what was tried: the content without ids and pins' }) config_hash: string;
  @EnumField({ values: ['backtest', 'sweep', 'tuning', 'candidate'] }) origin: string;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @StringField() data_fingerprint: string;
  @JsonField() params: Record<string, unknown>;
  @JsonField() metrics: Record<string, number | null>;
  @IntegerField() observations: number;
  @NumberField({ nullable: true }) sharpe_per_bar: number | null;
  @UuidField({ nullable: true }) job_id: string | null;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class ExperimentPageDto {
  @ArrayField(() => ExperimentDto) items: ExperimentDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class ExperimentComparisonDto {
  @ArrayField(() => ExperimentDto) items: ExperimentDto[];
  @JsonField({ description: 'metric -> values in the order of items' }) metrics: Record<string, (number | null)[]>;
  @JsonField({ description: 'metric -> which value is the better, higher or lower; null where neither is' })
  better: Record<string, 'higher' | 'lower' | null>;
  @JsonField({
    description:
      'metric -> ids of the best by that direction, several where they tie; only where two values are defined',
  })
  best: Record<string, string[]>;
  @ArrayField('json', { description: 'correlation of returns on common bars' }) correlation: (number | null)[][];
}
