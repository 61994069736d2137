import { OUTPUT_MODES, POSITION_MODES, type RuleTree } from '@assay/contracts';
import { ArrayField, BooleanField, EnumField, JsonField, UuidField } from '@assay/platform';
import type { DryRunRow } from './rule-dry-run';
import { DefinitionDto } from '../definitions/definition.response';
import { TREE } from './signal.request';

export class SignalLogicDto extends DefinitionDto {
  @JsonField(TREE) rule_tree: RuleTree;
  @EnumField({ values: OUTPUT_MODES }) output_mode: string;
  @EnumField({ values: POSITION_MODES }) position_mode: string;
}

export class SignalPageDto {
  @ArrayField(() => SignalLogicDto) items: SignalLogicDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class RuleTreeVerdictDto {
  @BooleanField() valid: boolean;
  @ArrayField('string') fields: string[];
  @ArrayField('json', { description: 'per sample row {decision, signal}; empty without a sample' })
  dry_run: DryRunRow[];
}
