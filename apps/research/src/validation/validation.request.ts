import { SELECTED_BY, WALK_FORWARD_SCHEMES, type SelectedMetric } from '@assay/contracts';
import { ArrayField, EnumField, IntegerField, NumberField, ObjectField, StringField, UuidField } from '@assay/platform';
import { MOST_SPLITS, type WalkForwardKind } from '@assay/quant';
import { FxDto } from '../backtests/backtest.request';
import { MOST_CELLS, SweepConstraintDto, SweepParamDto } from '../backtests/sweeps/sweep.request';

/** In which currency the figures are. */
class JudgedCurrencyDto {
  @ObjectField(() => FxDto, {
    optional: true,
    description:
      "as of a backtest of one symbol, with account_currency: every figure is in the account's currency. What was judged so is information, no evidence for the gates",
  })
  fx?: FxDto;
  @StringField({ optional: true, max: 12, description: 'of the account; with fx', example: 'EUR' })
  account_currency?: string;
}

const SEARCHES = ['exhaustive', 'random'] as const;

export class FoldSearchDto {
  @EnumField({
    values: SEARCHES,
    description:
      'exhaustive: every cell. random: `samples` of them, uniform, without replacement; every training window chooses among the same',
  })
  method: (typeof SEARCHES)[number];
  @IntegerField({ optional: true, min: 1, max: MOST_CELLS, description: 'required by random, refused by exhaustive' })
  samples?: number;
  @IntegerField({ optional: true, min: 0, max: 4_294_967_295, description: 'of random, default 1' })
  seed?: number;
}

export class WalkForwardDto extends JudgedCurrencyDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @IntegerField({
    optional: true,
    min: 1,
    max: 50,
    default: 5,
    description: 'another layout than the default is no evidence for the gates',
  })
  folds?: number;
  @NumberField({
    optional: true,
    exclusiveMin: 0,
    max: 50,
    default: 2,
    description: 'train length as a multiple of the test length',
  })
  ratio?: number;
  @EnumField({
    values: WALK_FORWARD_SCHEMES,
    optional: true,
    default: 'rolling',
    description:
      'how the training window moves: with the test, or growing from the first scored bar on (expanding, also called anchored)',
  })
  kind?: WalkForwardKind;
  @ArrayField(() => SweepParamDto, {
    optional: true,
    min: 1,
    max: 6,
    description:
      `a space of parameters, as of a sweep: each training window chooses a cell anew, which is traded in the test window after it. At most ${MOST_CELLS} ` +
      'cells are evaluated, and each is a trial of the strategy. Without it the revision is judged as it is',
  })
  params?: SweepParamDto[];
  @ArrayField(() => SweepConstraintDto, {
    optional: true,
    min: 1,
    max: 20,
    description: 'with params: cells that break one do not exist',
  })
  constraints?: SweepConstraintDto[];
  @ObjectField(() => FoldSearchDto, { optional: true, description: 'with params; default: exhaustive' })
  search?: FoldSearchDto;
  @EnumField({
    values: SELECTED_BY,
    optional: true,
    default: 'sharpe_ratio',
    description:
      'with params: what a training window chooses by, in the direction of the catalogue; plateau: the Sharpe ratio judged with the neighbours on the grid',
  })
  by?: SelectedMetric;
}

export class CpcvDto extends JudgedCurrencyDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @IntegerField({
    optional: true,
    min: 2,
    default: 6,
    description: 'another layout than the default is no evidence for the gates',
  })
  groups?: number;
  @IntegerField({
    optional: true,
    min: 1,
    default: 2,
    description: `below groups; the choices of so many of them, which are the splits, must be at most ${MOST_SPLITS}`,
  })
  test_groups?: number;
}

export class RevisionQuery {
  @IntegerField({ optional: true, min: 1, description: 'default: the newest' }) revision?: number;
}
