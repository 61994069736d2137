import {
  OUTPUT_MODES,
  POSITION_MODES,
  SIGNAL_PLUGINS,
  type OutputMode,
  type PositionMode,
  type SignalPlugin,
} from '@assay/contracts';
import { ArrayField, EnumField, IntegerField, JsonField, StringField, UuidField, NameField } from '@assay/platform';

export const TREE = {
  description: 'ordered groups {action, combinator, rules}; the first that holds decides, else HOLD',
  example: {
    groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.5 }] }],
  },
};

const PLUGIN = {
  values: SIGNAL_PLUGINS,
  optional: true,
  description: 'what the logic is made of; see GET /signals/plugins',
};
const PARAMS = {
  optional: true,
  description: 'of the plugin `threshold`, in the place of a rule tree',
  example: { field: 'prediction', enter: 0.55, exit: 0.5 },
};

export class CreateSignalDto {
  @NameField() name: string;
  @EnumField({ ...PLUGIN, default: 'rule_tree' }) plugin?: SignalPlugin;
  @JsonField(PARAMS) params?: Record<string, unknown>;
  @JsonField({ ...TREE, optional: true }) rule_tree?: Record<string, unknown>;
  @EnumField({ values: OUTPUT_MODES, optional: true, default: 'discrete' }) output_mode?: OutputMode;
  @EnumField({ values: POSITION_MODES }) position_mode: PositionMode;
}

export class UpdateSignalDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @NameField({ optional: true }) name?: string;
  @EnumField(PLUGIN) plugin?: SignalPlugin;
  @JsonField(PARAMS) params?: Record<string, unknown>;
  @JsonField({ ...TREE, optional: true }) rule_tree?: Record<string, unknown>;
  @EnumField({ values: OUTPUT_MODES, optional: true }) output_mode?: OutputMode;
  @EnumField({ values: POSITION_MODES, optional: true }) position_mode?: PositionMode;
}

export class ValidateRuleTreeDto {
  @JsonField(TREE) rule_tree: Record<string, unknown>;
  @ArrayField('uuid', { optional: true, max: 256, description: 'features whose names the rules may use' })
  feature_ids?: string[];
  @ArrayField('string', { optional: true, max: 256, description: 'further names the rules may use' }) fields?: string[];
  @EnumField({ values: POSITION_MODES, optional: true, default: 'long_only' }) position_mode?: PositionMode;
  @ArrayField('json', {
    optional: true,
    max: 10000,
    description: 'rows of {field: number | null} in time order for a dry run; null is missing',
  })
  sample?: Record<string, unknown>[];
}

export class GenerateSignalsDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1 }) revision?: number;
}

export class ExplainSignalDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1 }) revision?: number;
  @StringField({
    optional: true,
    min: 1,
    max: 40,
    example: '2024-03-01',
    description: 'date or ISO-8601 time; explained is the last bar that opened by then. Default: the last bar',
  })
  at?: string;
}
