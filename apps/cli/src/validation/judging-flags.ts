import type { FlagSpec } from '../args/flag';
import { CAPITAL_FLAG, STRATEGY_COST_FLAGS } from '../input/cost-flags';
import { COST_FLAGS, ENGINE_FLAG, FILL_FLAG, PERIODS_FLAG, SCORE_FLAGS } from '../input/trading-flags';

/** How a strategy is run that is judged. */
export const JUDGED_FLAGS: readonly FlagSpec[] = [
  {
    name: 'artifact',
    kind: 'text',
    value: 'FILE',
    help: 'an imported model, which is judged as it is on bars after its training; any other is fitted in each fold',
  },
  ENGINE_FLAG,
  {
    name: 'mode',
    kind: 'choice',
    choices: ['weight', 'all_in'],
    default: 'weight',
    help: 'accounting; a universe as it says',
  },
  FILL_FLAG,
  ...COST_FLAGS,
  ...STRATEGY_COST_FLAGS,
  CAPITAL_FLAG,
  ...SCORE_FLAGS,
  PERIODS_FLAG,
];

/** Flags by the fields that a layout is refused by. */
export const LAYOUT_FIELDS = {
  ...{ folds: '--folds', ratio: '--ratio', gap: '--gap' },
  ...{ groups: '--groups', testGroups: '--test-groups', embargo: '--embargo' },
  ...{ start: '--start', end: '--end' },
};
