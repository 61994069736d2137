import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { AmountField } from '../amounts/amount-field';
import { AccountLimitsDto } from './account.request';

export class AccountDto {
  @UuidField() account_id: string;
  @StringField() name: string;
  @StringField() broker: string;
  @BooleanField() paper: boolean;
  @EnumField({ values: ['trading', 'replay'], description: 'A replay has an account of its own.' }) purpose: string;
  @StringField() currency: string;
  @BooleanField() can_short: boolean;
  @EnumField({ values: ['ACTIVE', 'REDUCING', 'HALTED'] }) trading_state: string;
  @StringField({ nullable: true }) trading_state_reason: string | null;
  @ObjectField(() => AccountLimitsDto) limits: AccountLimitsDto;
  @AmountField({ nullable: true, description: 'Of a paper account.' }) cash: string | null;
  @AmountField({ nullable: true }) initial_cash: string | null;
  @NumberField({ nullable: true, min: 0 }) fee_bps: number | null;
  @IntegerField({ min: 1 }) version: number;
  @DateTimeField() created_at: string;
}

export class AccountPageDto {
  @ArrayField(() => AccountDto) items: AccountDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}
