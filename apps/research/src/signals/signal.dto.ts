import { ArrayField, BooleanField, EnumField, IntegerField, JsonField, StringField, UuidField } from '@assay/platform';
import { DefinitionDto } from '../definitions/definition.dto';

const TREE = {
  description: 'ordered groups {action, combinator, rules}; the first that holds decides, else HOLD',
  example: {
    groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.5 }] }],
  },
};
const OUTPUT_MODES = ['discrete', 'numeric'] as const;
const POSITION_MODES = ['long_only', 'long_short'] as const;

export class CreateSignalDto {
  @StringField({ min: 1, max: 255 }) name: string;
  @JsonField(TREE) rule_tree: Record<string, unknown>;
  @EnumField({ values: OUTPUT_MODES, optional: true, default: 'discrete' }) output_mode?: 'discrete' | 'numeric';
  @EnumField({ values: POSITION_MODES }) position_mode: 'long_only' | 'long_short';
}

export class UpdateSignalDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @StringField({ optional: true, min: 1, max: 255 }) name?: string;
  @JsonField({ ...TREE, optional: true }) rule_tree?: Record<string, unknown>;
  @EnumField({ values: OUTPUT_MODES, optional: true }) output_mode?: 'discrete' | 'numeric';
  @EnumField({ values: POSITION_MODES, optional: true }) position_mode?: 'long_only' | 'long_short';
}

export class SignalLogicDto extends DefinitionDto {
  @JsonField(TREE) rule_tree: object;
  @EnumField({ values: OUTPUT_MODES }) output_mode: string;
  @EnumField({ values: POSITION_MODES }) position_mode: string;
}

export class SignalPageDto {
  @ArrayField(() => SignalLogicDto) items: SignalLogicDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class ValidateRuleTreeDto {
  @JsonField(TREE) rule_tree: Record<string, unknown>;
  @ArrayField('uuid', { optional: true, max: 256, description: 'features whose names the rules may use' })
  feature_ids?: string[];
  @ArrayField('string', { optional: true, max: 256, description: 'further names the rules may use' }) fields?: string[];
  @EnumField({ values: POSITION_MODES, optional: true, default: 'long_only' }) position_mode?:
    'long_only' | 'long_short';
  @ArrayField('json', {
    optional: true,
    max: 10000,
    description: 'rows of {field: number | null} in time order for a dry run; null is missing',
  })
  sample?: Record<string, unknown>[];
}

export class RuleTreeVerdictDto {
  @BooleanField() valid: boolean;
  @ArrayField('string') fields: string[];
  @ArrayField('json', { description: 'per sample row {decision, signal}; empty without a sample' }) dry_run: object[];
}

export class GenerateSignalsDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1 }) revision?: number;
}

/** Result of the job. */
export class GeneratedSignalsDto {
  @UuidField() strategy_id: string;
  @IntegerField() revision: number;
  @JsonField({ description: 'bars, long, short, flat, no_signal, changes' }) summary: object;
  @ArrayField('json', { description: 'last rows' }) preview: object[];
}
