import {
  pipelineConfigDocument,
  TIMEFRAMES,
  type ArtifactRef,
  type HistoryAnchor,
  type PolicyName,
  type Warning,
} from '@assay/contracts';
import {
  ArrayField,
  DocumentField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  StringField,
  UuidField,
} from '@assay/platform';
import { TagsField } from '../listing/tag.request';
import type { PipelineConfig, Recipe } from '../recipes/recipe';

export class StrategyDto {
  @UuidField() id: string;
  @TagsField() tags?: string[];
  @StringField() name: string;
  @StringField({ nullable: true }) description: string | null;
  @EnumField({ values: ['pipeline', 'substrategies', 'universe'] }) kind: string;
  @ArrayField('string') universe: string[];
  @StringField({ nullable: true }) source: string | null;
  @EnumField({ values: TIMEFRAMES }) timeframe: string;
  @ArrayField('uuid') feature_ids: string[];
  @UuidField({ nullable: true }) model_id: string | null;
  @UuidField({ nullable: true }) signal_logic_id: string | null;
  @DocumentField(pipelineConfigDocument) pipeline_config: PipelineConfig;
  @EnumField({ values: ['draft', 'backtested', 'validated', 'promoted', 'archived'] }) status: string;
  @IntegerField({ description: 'newest content revision; `status` is its status' }) revision: number;
  @IntegerField({ nullable: true }) promoted_revision: number | null;
  @StringField() config_hash: string;
  @ArrayField('string', { description: 'policies the newest revision passes' }) validated_under: PolicyName[];
  @IntegerField({ description: 'optimistic lock, +1 on every write' }) version: number;
  @UuidField() lineage_id: string;
  @UuidField({ nullable: true }) cloned_from: string | null;
  @ArrayField('json', { description: 'how the document was understood' }) warnings: Warning[];
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
  @JsonField({ description: 'resolved content with pins' }) recipe: Recipe;
  @StringField({
    nullable: true,
    description: 'of the bars, as the strategy stated it; another one makes a new revision',
  })
  source: string | null;
  @JsonField({ nullable: true, description: 'fitted model: {uri, sha256, train_end}' }) artifact: ArtifactRef | null;
  @JsonField({ nullable: true, description: 'first bar of history, pinned by the first completed backtest' })
  history_anchor: HistoryAnchor | null;
  @ArrayField('string') validated_under: PolicyName[];
  @DateTimeField() created_at: string;
}

export class StrategyRevisionsDto {
  @ArrayField(() => StrategyRevisionDto) items: StrategyRevisionDto[];
  @IntegerField({ nullable: true }) next_cursor: number | null;
}
