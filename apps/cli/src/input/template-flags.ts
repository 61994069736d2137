import { sweepTemplates, type SweepTemplate } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';

const PARAMETERS = ['fast', 'slow', 'window', 'threshold'] as const;

/** `--template` and its parameters; `range` where a whole grid is asked for. */
export function templateFlags(kind: 'range' | 'number'): FlagSpec[] {
  const parameter = (name: string, help: string): FlagSpec => ({ name, kind, help });
  return [
    {
      name: 'template',
      kind: 'choice',
      choices: Object.keys(sweepTemplates),
      help: 'built-in strategy instead of --strategy: accounting all_in, long only',
    },
    parameter('fast', 'sma-cross: window of the fast mean'),
    parameter('slow', 'sma-cross: window of the slow mean'),
    parameter('window', 'bollinger-hysteresis: window of the z-score'),
    parameter('threshold', 'bollinger-hysteresis: enter above it, leave below 0'),
    { name: 'long-only', kind: 'switch', help: 'says what templates do anyway: they never go short' },
  ];
}

export interface TemplateChoice {
  template: SweepTemplate;
  /** Flag names (and column names) of its two parameters. */
  first: string;
  second: string;
}

/** The chosen template, or null when a strategy file was given. Exactly one of the two must be. */
export function templateOf(args: Args): TemplateChoice | null {
  if (args.has('template') === args.has('strategy')) {
    throw new UsageError(
      `give one of --strategy and --template, ${args.has('template') ? 'both were given' : 'none was given'}`,
    );
  }
  const stray = (names: readonly string[], why: string): void => {
    for (const name of names) if (args.has(name)) throw new UsageError(`--${name} ${why}`);
  };
  if (!args.has('template')) {
    stray([...PARAMETERS, 'long-only'], 'belongs to a --template, not to --strategy');
    return null;
  }
  const template = args.text('template') as SweepTemplate;
  const { first, second } = sweepTemplates[template];
  stray(
    PARAMETERS.filter((name) => name !== first && name !== second),
    `is no parameter of ${template}`,
  );
  for (const name of [first, second]) args.require(name, `by --template ${template}`);
  return { template, first, second };
}

/** Templates account `all_in`; saying so is welcome, asking for anything else is not. */
export function requireTemplateMode(args: Args): void {
  if (args.has('mode') && args.text('mode') !== 'all_in') {
    throw new UsageError(`--mode must be all_in with --template, was ${args.text('mode')}`);
  }
}
