import type { OutputMode, PositionMode, RuleTree } from '@assay/contracts';

/** What a signal logic's hash covers. */
export interface SignalContent {
  rule_tree: RuleTree;
  output_mode: OutputMode;
  position_mode: PositionMode;
}
