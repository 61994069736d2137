import type { DrawnCells } from '@assay/pipeline';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { WITH_SPACE, WITH_STRATEGY } from '../input/flag-scopes';

const DEFAULT_SEED = 1;

const WITH_RANDOM: FlagScope = {
  text: 'only with --search random',
  holds: (args) => args.text('search') === 'random',
};

/** The space that is searched in every training window, and how. The ranges of a template are flags of their own. */
export const SPACE_FLAGS: readonly FlagSpec[] = [
  {
    name: 'param',
    kind: 'text',
    value: 'PATH=VALUES',
    repeatable: true,
    help: 'what of the document is chosen anew in each training window, and traded in the test window after it: numbers as A:B[:STEP] or a list A,B,C, which may be of words or of true,false',
    scope: WITH_STRATEGY,
  },
  {
    name: 'select',
    kind: 'text',
    value: 'METRIC',
    default: 'sharpe_ratio',
    help: 'what a training window chooses by: plateau (the Sharpe ratio judged with the neighbours on the grid), or a metric of `assay metrics --list` of which one value is the better; a cell that holds nothing in it is never chosen',
    scope: WITH_SPACE,
  },
  {
    name: 'search',
    kind: 'choice',
    choices: ['exhaustive', 'random'],
    default: 'exhaustive',
    help: 'every cell, or --samples of them at random; all windows choose among the same',
    scope: WITH_SPACE,
  },
  { name: 'samples', kind: 'integer', min: 1, help: 'cells to draw', scope: WITH_RANDOM },
  {
    name: 'seed',
    kind: 'integer',
    min: 0,
    help: `the same seed draws the same cells; ${DEFAULT_SEED} if not given`,
    scope: WITH_RANDOM,
  },
];

/** Null: every cell. */
export function drawnOf(args: Args): DrawnCells | null {
  if (args.text('search') === 'exhaustive') return null;
  args.require('samples', 'by --search random');
  return { samples: args.number('samples'), seed: args.optionalNumber('seed') ?? DEFAULT_SEED };
}
