import {
  ArrayField,
  DocumentField,
  EnumField,
  IntegerField,
  ObjectField,
  StringField,
  UuidField,
  NameField,
} from '@assay/platform';
import {
  modelLabelDocument,
  modelTrainingDocument,
  NO_MODEL,
  PRUNING_RULES,
  SWEEP_METHODS,
  type ModelLabel,
  type ModelTraining,
  type PruningRule,
  type SweepSearch,
} from '@assay/contracts';
import { modelAliases, modelPlugins } from '@assay/pipeline';
import { addSearchedParams, ModelParamsDto, type ModelParams } from './model-params.request';
import { MOST_CELLS, MOST_TPE_SAMPLES } from '../backtests/sweeps/sweep.request';
import { SERIES_NAME } from '../data/series-name';

export const KINDS = [...modelPlugins.keys(), NO_MODEL];

export const LABEL = 'what the model learns to say; forward_return_sign of 1 bar when nothing is given';
export const TRAINING = 'how rows count and whether chances are calibrated; none of it when nothing is given';

export class ModelRefitDto {
  @IntegerField({ min: 1, description: 'bars between refits of the out-of-sample predictions' }) every: number;
  @IntegerField({ min: 2, description: 'labelled bars before the first fit' }) min_train: number;
}

export class CreateModelDto {
  @NameField() name: string;
  @EnumField({
    values: [...KINDS, ...modelAliases],
    description: 'an alias is kept and answered as its kind',
  })
  kind: string;
  @ArrayField('uuid', { optional: true, max: 256, description: 'features in column order' }) feature_ids?: string[];
  @DocumentField(modelLabelDocument, { optional: true, description: LABEL }) label?: ModelLabel;
  @ObjectField(() => ModelParamsDto, { optional: true }) params?: ModelParams;
  @IntegerField({ optional: true, min: 0, default: 0 }) seed?: number;
  @ObjectField(() => ModelRefitDto, { optional: true }) refit?: ModelRefitDto;
  @DocumentField(modelTrainingDocument, { optional: true, description: TRAINING }) training?: ModelTraining;
}

export class UpdateModelDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @NameField({ optional: true }) name?: string;
  @ArrayField('uuid', { optional: true, min: 1, max: 256 }) feature_ids?: string[];
  @DocumentField(modelLabelDocument, { optional: true }) label?: ModelLabel;
  @ObjectField(() => ModelParamsDto, { optional: true }) params?: ModelParams;
  @IntegerField({ optional: true, min: 0 }) seed?: number;
  @ObjectField(() => ModelRefitDto, { optional: true }) refit?: ModelRefitDto;
  @DocumentField(modelTrainingDocument, { optional: true, nullable: true, description: 'null: as without it' })
  training?: ModelTraining | null;
}

/** A fit a fold: what is counted costs. */
const FOLDS = { min: 2, max: 20 };

export class TrainModelDto {
  @UuidField({ optional: true, description: 'the model is attached to this strategy when the fit is done' })
  strategy_id?: string;
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ min: 1, max: 64 }) symbol: string;
  @StringField({ min: 1, max: 8 }) timeframe: string;
  @ArrayField('uuid', { optional: true, min: 1, max: 256, description: "must be the model's own features" })
  feature_ids?: string[];
  @StringField({ optional: true, description: 'first bar of the fit: date or ISO-8601 time' }) start?: string;
  @StringField({ description: 'last bar of the fit, inclusive: date or ISO-8601 time' }) end: string;
  @IntegerField({
    ...FOLDS,
    optional: true,
    description:
      'parts of the training range that are each judged by a fit on the others, purged: metrics oos_... and the importance of each input; none when nothing is given',
  })
  folds?: number;
}

/** What whoever trained a model says of it, beside its file. */
export class ImportModelQuery {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ min: 1, max: 64, description: 'of the stored bars that the model is for' }) symbol: string;
  @StringField({ min: 1, max: 8 }) timeframe: string;
  @StringField({ description: 'first bar that its training has seen: date or ISO-8601 time' }) train_start: string;
  @StringField({
    description:
      'last bar that its training has seen, labels, validation and choice of parameters included: date or ISO-8601 time. Bars up to it are never predicted or scored',
  })
  train_end: string;
  @UuidField({ optional: true, description: 'the model is attached to this strategy' }) strategy_id?: string;
}

/** Beside these the values to try of each parameter that a kind of model is tuned by. */
export class TuneModelDto {
  @UuidField() strategy_id: string;
  @ArrayField(() => ModelRefitDto, {
    optional: true,
    min: 1,
    max: 20,
    description:
      'schedules to try each set with; one alone where sets are drawn or given up; default: the own of the model',
  })
  refit?: ModelRefitDto[];
  @EnumField({
    values: SWEEP_METHODS,
    optional: true,
    default: 'exhaustive',
    description:
      'exhaustive: every set. random: `trials` of them, uniform, without replacement. tpe: `trials` of them where a tree-structured Parzen ' +
      'estimator expects the best mean Sharpe ratio out of sample. Drawn are those of the values that are given; of the whole search space ' +
      'of the kind where none are',
  })
  method?: SweepSearch['method'];
  @IntegerField({
    optional: true,
    min: 1,
    max: MOST_CELLS,
    description: `required by random and tpe (at most ${MOST_TPE_SAMPLES}), refused by exhaustive`,
  })
  trials?: number;
  @IntegerField({
    optional: true,
    min: 0,
    max: 4_294_967_295,
    description: 'of random and tpe, default 1: the same seed gives the same sets on any number of workers',
  })
  seed?: number;
  @EnumField({
    values: PRUNING_RULES,
    optional: true,
    default: 'none',
    description:
      'median gives a set up once its mean Sharpe ratio over the splits so far is worse than the median of the same mean of the earlier ' +
      'whole trials (5 at least), though never before each group was tested once. It counts as a trial all the same',
  })
  prune?: PruningRule;
}
addSearchedParams(TuneModelDto.prototype);
