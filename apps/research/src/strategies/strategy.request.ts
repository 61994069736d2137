import { pipelineConfigDocument, type PipelineConfigInput, TIMEFRAMES, type Timeframe } from '@assay/contracts';
import { ArrayField, DocumentField, EnumField, IntegerField, StringField, UuidField, NameField } from '@assay/platform';
import { SERIES_NAME } from '../data/series-name';
import { FindFilter } from '../listing/page.request';
import { TaggedPageQuery } from '../listing/tag.request';
import { STRATEGY_STAGES, type StrategyFilter } from '../records/strategies/strategy.store';

const SYMBOLS = { min: 1, max: 64, description: 'symbols of the bars, at least one, no duplicates' };

export class StrategyListQuery extends TaggedPageQuery {
  @FindFilter('their name or in a symbol') q?: string;
  @EnumField({
    values: STRATEGY_STAGES,
    optional: true,
    description: 'of the newest version, or open: all that are not archived; default: all',
  })
  status?: StrategyFilter['status'];
}

export class CreateStrategyDto {
  @NameField({ example: 'vol-managed x SMA200' }) name: string;
  @StringField({ optional: true, nullable: true, max: 4000 }) description?: string | null;
  @ArrayField('string', { ...SYMBOLS, example: ['SP500'] }) universe: string[];
  @StringField({ ...SERIES_NAME, optional: true, nullable: true, description: 'source of the bars' }) source?:
    string | null;
  @EnumField({ values: TIMEFRAMES }) timeframe: Timeframe;
  @DocumentField(pipelineConfigDocument) pipeline_config: PipelineConfigInput;
}

export class UpdateStrategyDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @NameField({ optional: true }) name?: string;
  @StringField({ optional: true, nullable: true, max: 4000 }) description?: string | null;
  @ArrayField('string', { ...SYMBOLS, optional: true }) universe?: string[];
  @StringField({ ...SERIES_NAME, optional: true, nullable: true }) source?: string | null;
  @EnumField({ values: TIMEFRAMES, optional: true }) timeframe?: Timeframe;
  @ArrayField('uuid', { optional: true, max: 256, description: 'pins the newest revision of each feature' })
  feature_ids?: string[];
  @UuidField({ optional: true, nullable: true }) model_id?: string | null;
  @UuidField({ optional: true, nullable: true }) signal_logic_id?: string | null;
  @DocumentField(pipelineConfigDocument, { optional: true }) pipeline_config?: PipelineConfigInput;
}

export class CloneStrategyDto {
  @NameField({ optional: true }) name?: string;
}

export class ExportQuery {
  @StringField({ optional: true, min: 1, max: 64, description: 'needed where the universe has several symbols' })
  symbol?: string;
  @IntegerField({ optional: true, min: 1 }) revision?: number;
}

export class ArchiveDto {
  @StringField({ optional: true, max: 1000 }) reason?: string;
  @IntegerField({ optional: true, min: 1 }) version?: number;
}
