import {
  ArrayField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
  NameField,
} from '@assay/platform';
import {
  PRUNING_RULES,
  RANKED_BY,
  SWEEP_METHODS,
  SWEEP_OBJECTIVES,
  type ParamValue,
  type PruningRule,
  type RankedBy,
  type SweepObjective,
  type SweepSearch,
} from '@assay/contracts';
import { SERIES_NAME } from '../../data/series-name';

export const MOST_CELLS = 5000;

export const MOST_TPE_SAMPLES = 1000;

export class SweepWhenDto {
  @StringField({ min: 1, max: 200, description: 'path of an earlier parameter' }) path: string;
  @ArrayField('scalar', { min: 1, max: 5000, description: 'values of it' }) among: ParamValue[];
}

export class SweepParamDto {
  @StringField({
    min: 1,
    max: 200,
    example: 'signal.rule_tree.groups.0.rules.0.value',
    description:
      'leads to a number, text or boolean of the strategy document, but not to its identity, pins, ticker, timeframe or trading period; ' +
      'of a universe document into features, cross_sections, portfolio or costs',
  })
  path: string;
  @ArrayField('scalar', {
    optional: true,
    min: 1,
    max: 5000,
    description: 'different values of the JSON type that the path leads to; texts and booleans have no order',
  })
  values?: ParamValue[];
  @StringField({
    optional: true,
    pattern: /^-?[\d.]+(e-?\d+)?:-?[\d.]+(e-?\d+)?(:[\d.]+(e-?\d+)?)?$/i,
    form: 'be a:b or a:b:step',
    description: 'a:b or a:b:step, b included',
  })
  range?: string;
  @StringField({
    optional: true,
    pattern: /^[\d.]+(e-?\d+)?:[\d.]+(e-?\d+)?:\d+$/i,
    form: 'be a:b:count',
    description: 'a:b:count, so many values from a to b, each the same multiple of the one before',
    example: '0.0001:1:9',
  })
  log_range?: string;
  @ObjectField(() => SweepWhenDto, {
    optional: true,
    description: 'varied only there; elsewhere it has its first value',
  })
  when?: SweepWhenDto;
}

export class SweepConstraintDto {
  @StringField({ min: 1, max: 200, description: 'path, swept or not' }) left: string;
  @EnumField({ values: ['<', '<=', '>', '>=', '==', '!='] }) op: '<' | '<=' | '>' | '>=' | '==' | '!=';
  @JsonField({ types: ['string', 'number'], description: 'path, or a number' }) right: string | number;
}

export class SweepCandidateDto {
  @JsonField({ optional: true, description: 'a rule tree to try' }) rule_tree?: Record<string, unknown>;
  @UuidField({ optional: true, description: 'or a signal logic' }) signal_logic_id?: string;
  @EnumField({ values: ['long_only', 'long_short'], optional: true }) position_mode?: 'long_only' | 'long_short';
}

export class SweepSearchDto {
  @EnumField({
    values: SWEEP_METHODS,
    description:
      'exhaustive: every cell. random: `samples` of them, uniform, without replacement. tpe: `samples` of them where a tree-structured ' +
      'Parzen estimator expects the best by `by` (by plateau: the Sharpe ratio)',
  })
  method: SweepSearch['method'];
  @IntegerField({
    optional: true,
    min: 1,
    max: MOST_CELLS,
    description: `required by random and tpe (at most ${MOST_TPE_SAMPLES}), refused by exhaustive`,
  })
  samples?: number;
  @IntegerField({
    optional: true,
    min: 0,
    max: 4_294_967_295,
    description: 'of random and tpe, default 1: the same seed gives the same cells on any number of workers',
  })
  seed?: number;
}

export class SweepDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1 }) revision?: number;
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @ArrayField(() => SweepParamDto, {
    optional: true,
    min: 1,
    max: 6,
    description: `a grid; the last parameter runs fastest. At most ${MOST_CELLS} cells are evaluated, each is a trial`,
  })
  params?: SweepParamDto[];
  @ArrayField(() => SweepConstraintDto, {
    optional: true,
    min: 1,
    max: 20,
    description: 'between parameters: cells that break one do not exist',
  })
  constraints?: SweepConstraintDto[];
  @ArrayField(() => SweepCandidateDto, {
    optional: true,
    min: 1,
    max: 2000,
    description: 'or a list of rule trees; not of a universe',
  })
  candidates?: SweepCandidateDto[];
  @ObjectField(() => SweepSearchDto, { optional: true, description: 'default: exhaustive' }) search?: SweepSearchDto;
  @EnumField({
    values: RANKED_BY,
    optional: true,
    default: 'sharpe',
    description:
      'what `top` is the best by: a figure of every cell, or a metric of GET /backtests/metrics, which every cell then has as its last ' +
      'column; with objective cpcv its mean over the splits. Its direction is that of the catalogue, undefined cells come last; plateau scores ' +
      'are those of the Sharpe ratio',
  })
  by?: RankedBy;
  @IntegerField({ optional: true, min: 1, max: 100, default: 10, description: 'how many of the best cells `top` has' })
  top?: number;
  @EnumField({
    values: SWEEP_OBJECTIVES,
    optional: true,
    default: 'backtest',
    description:
      'what the figures of a cell are. backtest: of its backtest, in sample. cpcv: means over the 15 splits of combinatorial purged ' +
      'cross-validation as the policies lay it out, each out of sample, all cells over the same bars; null unless every split has one. ' +
      'Not of a universe',
  })
  objective?: SweepObjective;
  @EnumField({
    values: PRUNING_RULES,
    optional: true,
    default: 'none',
    description:
      'with objective cpcv: median gives a cell up once its mean of `by` over the splits so far is worse than the median of the same ' +
      'mean of the earlier whole trials (5 at least), though never before each group was tested once. It counts as a trial all the same',
  })
  prune?: PruningRule;
}

export class SweepMatrixQuery {
  @StringField({ min: 1, max: 200, description: 'path of the parameter along the columns' }) x: string;
  @StringField({ min: 1, max: 200, description: 'path of the parameter along the rows' }) y: string;
  @EnumField({ values: RANKED_BY, optional: true, default: 'sharpe' }) metric?: RankedBy;
  @EnumField({
    values: ['max', 'min', 'mean'],
    optional: true,
    default: 'max',
    description:
      'what stands for the cells that share x and y and differ in other parameters; undefined ones are left out',
  })
  reduce?: 'max' | 'min' | 'mean';
}

export class LeaderboardQuery {
  @EnumField({
    values: RANKED_BY,
    optional: true,
    description: 'default: what the sweep was ranked by; another metric only if the sweep has it',
  })
  by?: RankedBy;
  @IntegerField({ optional: true, min: 1, max: 5000, default: 20 }) limit?: number;
}

export class StrategyOfCellDto {
  @IntegerField({ min: 0, description: 'row of the result: `index` of a best cell, `cell` of the leaderboard' })
  cell: number;
  @NameField({ optional: true }) name?: string;
}
