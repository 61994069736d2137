import { TIMEFRAMES, type PolicyName, type Timeframe } from '@assay/contracts';
import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { PipelineConfigDto } from './pipeline-config.dto';

const SYMBOLS = { min: 1, max: 64, description: 'symbols of the bars, at least one, no duplicates' };

export class CreateStrategyDto {
  @StringField({ min: 1, max: 255, example: 'vol-managed x SMA200' }) name: string;
  @StringField({ optional: true, nullable: true, max: 4000 }) description?: string | null;
  @ArrayField('string', { ...SYMBOLS, example: ['SP500'] }) universe: string[];
  @StringField({ optional: true, nullable: true, min: 1, max: 64, description: 'source of the bars' }) source?:
    string | null;
  @EnumField({ values: TIMEFRAMES }) timeframe: Timeframe;
  @ObjectField(() => PipelineConfigDto) pipeline_config: PipelineConfigDto;
}

export class UpdateStrategyDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @StringField({ optional: true, min: 1, max: 255 }) name?: string;
  @StringField({ optional: true, nullable: true, max: 4000 }) description?: string | null;
  @ArrayField('string', { ...SYMBOLS, optional: true }) universe?: string[];
  @StringField({ optional: true, nullable: true, min: 1, max: 64 }) source?: string | null;
  @EnumField({ values: TIMEFRAMES, optional: true }) timeframe?: Timeframe;
  @ArrayField('uuid', { optional: true, max: 256, description: 'pins the newest revision of each feature' })
  feature_ids?: string[];
  @UuidField({ optional: true, nullable: true }) model_id?: string | null;
  @UuidField({ optional: true, nullable: true }) signal_logic_id?: string | null;
  @ObjectField(() => PipelineConfigDto, { optional: true }) pipeline_config?: PipelineConfigDto;
}

export class CloneStrategyDto {
  @StringField({ optional: true, min: 1, max: 255 }) name?: string;
}

export class StrategyDto {
  @UuidField() id: string;
  @StringField() name: string;
  @StringField({ nullable: true }) description: string | null;
  @EnumField({ values: ['pipeline', 'substrategies'] }) kind: string;
  @ArrayField('string') universe: string[];
  @StringField({ nullable: true }) source: string | null;
  @EnumField({ values: TIMEFRAMES }) timeframe: string;
  @ArrayField('uuid') feature_ids: string[];
  @UuidField({ nullable: true }) model_id: string | null;
  @UuidField({ nullable: true }) signal_logic_id: string | null;
  @ObjectField(() => PipelineConfigDto) pipeline_config: PipelineConfigDto;
  @EnumField({ values: ['draft', 'backtested', 'validated', 'promoted', 'archived'] }) status: string;
  @IntegerField({ description: 'newest content revision; `status` is its status' }) revision: number;
  @IntegerField({ nullable: true }) promoted_revision: number | null;
  @StringField() config_hash: string;
  @ArrayField('string', { description: 'policies the newest revision passes' }) validated_under: PolicyName[];
  @IntegerField({ description: 'optimistic lock, +1 on every write' }) version: number;
  @UuidField() lineage_id: string;
  @UuidField({ nullable: true }) cloned_from: string | null;
  @ArrayField('json', { description: 'how the document was understood' }) warnings: object[];
  @DateTimeField({ nullable: true }) archived_at: string | null;
  @DateTimeField() created_at: string;
  @DateTimeField() updated_at: string;
}

export class StrategyPageDto {
  @ArrayField(() => StrategyDto) items: StrategyDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class StrategyRevisionDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @StringField() config_hash: string;
  @EnumField({ values: ['draft', 'backtested', 'validated', 'promoted'] }) status: string;
  @JsonField({ description: 'resolved content with pins' }) recipe: object;
  @JsonField({ nullable: true, description: 'fitted model: {uri, sha256, train_end}' }) artifact: object | null;
  @JsonField({ nullable: true, description: 'first bar of history, pinned by the first completed backtest' })
  history_anchor: object | null;
  @ArrayField('string') validated_under: PolicyName[];
  @DateTimeField() created_at: string;
}

export class StrategyRevisionsDto {
  @ArrayField(() => StrategyRevisionDto) items: StrategyRevisionDto[];
  @IntegerField({ nullable: true }) next_cursor: number | null;
}

export class LineageDto {
  @UuidField() strategy_id: string;
  @UuidField() lineage_id: string;
  @UuidField({ nullable: true }) cloned_from: string | null;
  @ArrayField('json', { description: 'strategies of the lineage' }) strategies: object[];
  @ArrayField('json', { description: 'revisions with what each pins' }) revisions: object[];
  @ArrayField('json') datasets: object[];
  @ArrayField('json') artifacts: object[];
  @ArrayField('json') backtests: object[];
  @ArrayField('json') validations: object[];
  @ArrayField('json') promotions: object[];
  @IntegerField({ description: 'distinct configurations tried in the lineage' }) trials: number;
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
