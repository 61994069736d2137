import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  JsonField,
  NumberField,
  StringField,
  UuidField,
} from '@assay/platform';
import { AmountField } from '../amounts/amount-field';

export class DryRunStepDto {
  @EnumField({ values: ['document', 'artifact', 'data', 'evaluator', 'broker'] }) step: string;
  @BooleanField() passed: boolean;
  @StringField() detail: string;
}

/** What a run would see and decide now; the facts of steps that did not pass are absent. */
export class DryRunDto {
  @UuidField() deployment_id: string;
  @BooleanField() passed: boolean;
  @ArrayField(() => DryRunStepDto) steps: DryRunStepDto[];
  @ArrayField('string', { optional: true, description: 'Stored bars that are left out, and why.' }) warnings?: string[];
  @DateTimeField({ optional: true }) bar_time?: string;
  @DateTimeField({ optional: true }) bar_close_time?: string;
  @NumberField({ optional: true, nullable: true }) signal?: number | null;
  @NumberField({ optional: true, nullable: true }) weight?: number | null;
  @AmountField({ optional: true }) price?: string;
  @AmountField({ optional: true }) cash?: string;
  @JsonField({ optional: true, description: 'Order rules of the symbol at the broker.' }) instrument?: object;
  @DateTimeField() created_at: string;
}
