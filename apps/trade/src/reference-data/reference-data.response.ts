import { MARKETS } from '@assay/contracts';
import { ArrayField, DateField, DateTimeField, EnumField, StringField, UuidField } from '@assay/platform';
import { AmountField } from '../amounts/amount-field';

export class StoredMappingDto {
  @UuidField() ticker_mapping_id: string;
  @StringField() data_ticker: string;
  @StringField() broker: string;
  @StringField() broker_ticker: string;
  @EnumField({ values: MARKETS }) market: string;
  @DateTimeField() created_at: string;
}

export class MappingPageDto {
  @ArrayField(() => StoredMappingDto) items: StoredMappingDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}

export class StoredFxRateDto {
  @StringField() currency: string;
  @DateField() as_of: string;
  @AmountField() usd_per_unit: string;
}
