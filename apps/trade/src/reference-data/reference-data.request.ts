import { MARKETS } from '@assay/contracts';
import { BooleanField, DateField, DecimalField, EnumField, StringField } from '@assay/platform';
import { BROKERS } from '../records/accounts/brokers';

export class TickerMappingDto {
  @StringField({ min: 1, max: 64, example: 'AAPL' })
  data_ticker: string;

  @EnumField({ values: BROKERS, example: 'FUTU' })
  broker: string;

  @StringField({ min: 1, max: 64, example: 'US.AAPL' })
  broker_ticker: string;

  @EnumField({ values: MARKETS })
  market: string;
}

export class FxRateDto {
  @StringField({ pattern: /^[A-Z]{3,5}$/, example: 'HKD' })
  currency: string;

  @DateField({ description: 'The day the rate is of.' })
  as_of: string;

  @DecimalField({ description: 'US dollars per unit.', example: '0.128' })
  usd_per_unit: string | number;
}

export class InstrumentDto {
  @EnumField({ values: BROKERS })
  broker: string;

  @StringField({ min: 1, max: 64 })
  symbol: string;

  @EnumField({ values: MARKETS })
  market: string;

  @StringField({ pattern: /^[A-Z]{3,5}$/ })
  currency: string;

  @DecimalField({ description: 'Orders are multiples of it.', example: '1' })
  lot: string | number;

  @DecimalField({ example: '0.01' })
  tick: string | number;

  @DecimalField({ example: '1' })
  min_qty: string | number;

  @DecimalField({ example: '0' })
  min_notional: string | number;

  @BooleanField()
  shortable: boolean;
}
