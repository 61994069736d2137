import type { RuleTree } from '@assay/contracts';
import { ArrayField, BooleanField, EnumField, IntegerField, JsonField, UuidField } from '@assay/platform';
import type { SignalRow } from '../runs/evaluated-bars';
import type { DryRunRow } from './rule-dry-run';
import { DefinitionDto } from '../definitions/definition.response';
import { OUTPUT_MODES, POSITION_MODES, TREE } from './signal.request';

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

/** Result of the job. */
export class GeneratedSignalsDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @JsonField({ description: 'bars, long, short, flat, no_signal, changes' }) summary: Record<string, number>;
  @ArrayField('json', { description: 'last rows' }) preview: Omit<SignalRow, 'bits'>[];
}
