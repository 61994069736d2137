import { EnumField, IntegerField, NumberField, ObjectField, StringField, UuidField } from '@assay/platform';
import { MOST_SPLITS } from '@assay/quant';
import { FxDto } from '../backtests/backtest.request';

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
  @EnumField({ values: ['rolling', 'expanding'], optional: true, default: 'rolling' }) kind?: 'rolling' | 'expanding';
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
