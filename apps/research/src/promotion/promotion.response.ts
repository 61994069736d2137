import type { PolicyName } from '@assay/contracts';
import { ArrayField, BooleanField, IntegerField, StringField, UuidField } from '@assay/platform';

export class ChecklistItemDto {
  @StringField({ example: 'backtest_completed' }) item: string;
  @BooleanField() passed: boolean;
  @StringField() detail: string;
}

export class StrategyStatusDto {
  @UuidField() strategy_id: string;
  @StringField() status: string;
  @IntegerField() revision: number;
  @IntegerField({ nullable: true }) promoted_revision: number | null;
  @BooleanField() ready: boolean;
  @ArrayField(() => ChecklistItemDto) checklist: ChecklistItemDto[];
  @ArrayField('string') validated_under: PolicyName[];
}
