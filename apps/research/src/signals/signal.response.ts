import {
  OUTPUT_MODES,
  POSITION_MODES,
  SIGNAL_PLUGINS,
  type RuleTree,
  type SignalPlugin,
  type SignalPluginView,
  type ThresholdParams,
} from '@assay/contracts';
import { ArrayField, BooleanField, EnumField, JsonField, UuidField } from '@assay/platform';
import type { UnreachableGroup } from '@assay/domain';
import type { DryRunRow, GroupCount } from './rule-dry-run';
import { DefinitionDto } from '../definitions/definition.response';
import { TREE } from './signal.request';

export class SignalPluginsDto {
  @ArrayField('json', { description: '{key, description, of: signal or universe, at, parameter_schema}' })
  items: SignalPluginView[];
}

export class SignalLogicDto extends DefinitionDto {
  @EnumField({ values: SIGNAL_PLUGINS, description: '`threshold` is known by its tree, however it was written' })
  plugin: SignalPlugin;
  @JsonField({ nullable: true, description: 'of the plugin `threshold`' }) params: ThresholdParams | null;
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
  @ArrayField('json', {
    description:
      'groups that can decide on no bar, whatever the data are: {group, reason: contradiction or covered, by, message}. One that is not ' +
      'named may still be unreachable by what its fields can be',
  })
  unreachable: UnreachableGroup[];
  @ArrayField('json', {
    description:
      'per group what it said of the sample: {group, action, true, false, unknown, decided}; one that decided on no row may never ' +
      'fire. Empty without a sample',
  })
  groups: GroupCount[];
  @ArrayField('json', { description: 'per sample row {decision, signal}; empty without a sample' })
  dry_run: DryRunRow[];
}
