import { ArrayField, BooleanField, EnumField, IntegerField, JsonField, UuidField } from '@assay/platform';
import { DefinitionDto } from '../definitions/definition.response';
import { OUTPUT_MODES, POSITION_MODES, TREE } from './signal.request';

export class SignalLogicDto extends DefinitionDto {
  @JsonField(TREE) rule_tree: object;
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
  @ArrayField('json', { description: 'per sample row {decision, signal}; empty without a sample' }) dry_run: object[];
}

/** Result of the job. */
export class GeneratedSignalsDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @JsonField({ description: 'bars, long, short, flat, no_signal, changes' }) summary: object;
  @ArrayField('json', { description: 'last rows' }) preview: object[];
}
