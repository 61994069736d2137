import { modelLabelDocument, modelTrainingDocument, type ModelLabel, type ModelTraining } from '@assay/contracts';
import {
  ArrayField,
  DateTimeField,
  DocumentField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import type { TrainedModel } from '@assay/contracts';
import type { MODEL_KINDS, SEARCH_SPACES } from './model-kinds';
import { DefinitionDto } from '../definitions/definition.response';
import { ModelParamsDto, type ModelParams } from './model-params.request';
import { KINDS, ModelRefitDto } from './model.request';

export class ModelArtifactDto {
  @UuidField() id: string;
  @IntegerField() model_revision: number;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @StringField() artifact_uri: string;
  @StringField() artifact_sha256: string;
  @DateTimeField() train_start: string;
  @DateTimeField() train_end: string;
  @JsonField() metrics: Record<string, number | null>;
  @DateTimeField() created_at: string;
}

export class ModelFoldDto {
  @DateTimeField({ description: 'first bar that was judged' }) from: string;
  @DateTimeField({ description: 'last bar that was judged' }) to: string;
  @IntegerField() rows: number;
  @IntegerField({ description: 'rows of the other parts that it was fitted on, purged' }) fitted_rows: number;
  @JsonField({ nullable: true, description: 'null: the other rows determine no model' })
  metrics: Record<string, number | null> | null;
  @JsonField({ description: 'by input: by how much the loss rises with its values shuffled' })
  importance: Record<string, number | null>;
  @ArrayField('string', {
    optional: true,
    description: 'inputs that its fit has chosen; absent where the model chooses none',
  })
  selected?: string[];
}

export const NO_FOLDS = ['not_fitted', 'not_judged', 'not_kept'] as const;

export class ModelFoldsDto {
  @UuidField({ nullable: true, description: 'newest fit' }) artifact_id: string | null;
  @EnumField({
    values: NO_FOLDS,
    nullable: true,
    description: 'why there is none: no fit, one that no folds judged, or one of which the means alone were kept',
  })
  reason: (typeof NO_FOLDS)[number] | null;
  @ArrayField(() => ModelFoldDto, { description: 'in the order of time' }) items: ModelFoldDto[];
}

export class ModelDto extends DefinitionDto {
  @EnumField({ values: KINDS }) kind: string;
  @ArrayField('uuid') feature_ids: string[];
  @DocumentField(modelLabelDocument, { nullable: true }) label: ModelLabel | null;
  @ObjectField(() => ModelParamsDto, { nullable: true }) params: ModelParams | null;
  @IntegerField({ nullable: true }) seed: number | null;
  @ObjectField(() => ModelRefitDto, { nullable: true }) refit: ModelRefitDto | null;
  @DocumentField(modelTrainingDocument, { nullable: true }) training: ModelTraining | null;
  @ObjectField(() => ModelArtifactDto, { nullable: true, description: 'newest fitted model' })
  artifact: ModelArtifactDto | null;
}

/** As the result of a training. */
export class ImportedModelDto {
  @UuidField() model_id: string;
  @UuidField() artifact_id: string;
  @StringField() artifact_uri: string;
  @StringField() artifact_sha256: string;
  @DateTimeField() train_end: string;
  @JsonField() metrics: Record<string, number | null>;
  @JsonField({ nullable: true, description: 'what became of attaching it; null where no strategy was named' })
  strategy: TrainedModel['strategy'];
}

export class ModelPageDto {
  @ArrayField(() => ModelDto) items: ModelDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class ModelPluginsDto {
  @ArrayField('json', {
    description: '{kind, aliases, description, parameter_schema, refit, imported, tasks, draws_rows}',
  })
  items: typeof MODEL_KINDS;
}

export class SearchSpacesDto {
  @ArrayField('json', { description: '{kind, params: {name: {values}}}' }) items: typeof SEARCH_SPACES;
}

export interface Leader {
  model_id: string;
  name: string | null;
  artifact: ModelArtifactDto;
}

export class LeaderboardDto {
  @ArrayField('json', { description: 'artifacts by training log loss: {model_id, name, artifact}' }) items: Leader[];
}
