import {
  BooleanField,
  DecimalField,
  EnumField,
  IntegerField,
  NumberField,
  ObjectField,
  ReasonField,
  StringField,
  UuidField,
} from '@assay/platform';
import { BROKERS } from '../records/accounts/brokers';

export class AccountLimitsDto {
  @NumberField({
    optional: true,
    exclusiveMin: 0,
    max: 100,
    description: 'Loss of the day in percent of its opening equity.',
  })
  max_daily_loss_pct?: number;

  @NumberField({ optional: true, exclusiveMin: 0, max: 100, description: 'Fall from the highest equity in percent.' })
  max_drawdown_pct?: number;

  @NumberField({ optional: true, exclusiveMin: 0, description: 'Gross exposure as a multiple of equity.' })
  max_gross_exposure?: number;

  @NumberField({ optional: true, exclusiveMin: 0, description: 'Net exposure as a multiple of equity.' })
  max_net_exposure?: number;

  @IntegerField({ optional: true, min: 1 })
  max_orders_per_minute?: number;
}

export class AccountCreateDto {
  @UuidField({ optional: true })
  account_id?: string;

  @StringField({ optional: true, min: 1, max: 255 })
  name?: string;

  @EnumField({ values: BROKERS, example: 'FUTU' })
  broker: string;

  @BooleanField({ optional: true, description: 'Default true.' })
  paper?: boolean;

  @StringField({ optional: true, pattern: /^[A-Z]{3,5}$/, example: 'USD' })
  currency?: string;

  @DecimalField({ optional: true, description: 'Opening cash of a paper account, 1000000 when absent.' })
  initial_cash?: string | number;

  @NumberField({
    optional: true,
    min: 0,
    max: 1000,
    description: 'Fee of a paper account in basis points, 5 when absent.',
  })
  fee_bps?: number;

  @BooleanField({ optional: true, description: 'Whether the account may hold less than nothing. Default true.' })
  can_short?: boolean;

  @ObjectField(() => AccountLimitsDto, { optional: true })
  limits?: AccountLimitsDto;
}

export class TradingStateDto {
  @EnumField({ values: ['ACTIVE', 'REDUCING', 'HALTED'] })
  trading_state: 'ACTIVE' | 'REDUCING' | 'HALTED';

  @ReasonField({ max: 500, description: 'Why; kept with the state.' })
  reason: string;

  @StringField({
    optional: true,
    min: 1,
    max: 1024,
    description: 'Your trade password: needed to let a live account trade more than it may, not to halt it.',
  })
  trade_password?: string;
}
