import type { Timeframe } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import {
  type Protection,
  type ProtectionAxis,
  sweepTemplates,
  type FillRule,
  type SweepGrid,
  type SweepTemplate,
} from '@assay/quant';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { type FlagsByField, UsageError } from '../args/usage-error';
import type { ColumnNeed } from './bars-file';
import { WITH_TEMPLATE, withTemplate } from './flag-scopes';
import { fillNeeds, fillOf } from './trading-flags';

/** An optional parameter of every template. */
export interface TemplateAxis {
  axis: ProtectionAxis;
  flag: string;
  column: string;
  help: string;
}

/** In the order of the sweep's grid. */
const AXES: readonly TemplateAxis[] = [
  { axis: 'stopLoss', flag: 'stop-loss', column: 'stop_loss', help: 'stop, as a fraction below the entry price' },
  {
    axis: 'takeProfit',
    flag: 'take-profit',
    column: 'take_profit',
    help: 'target, as a fraction above the entry price',
  },
  {
    axis: 'trailingStop',
    flag: 'trailing-stop',
    column: 'trailing_stop',
    help: 'stop, as a fraction below the best close since the entry',
  },
  {
    axis: 'size',
    flag: 'size',
    column: 'size',
    help: 'share of the equity invested at an entry, above 0 and at most 1',
  },
];

/** The flags that the core's messages about the optional parameters are about. */
export const AXIS_FLAGS: FlagsByField = Object.fromEntries(AXES.map(({ axis, flag }) => [axis, `--${flag}`]));

/** `--template` and its parameters; `range` where a whole grid is asked for. */
export function templateFlags(kind: 'range' | 'number'): FlagSpec[] {
  const parameter = (name: string, help: string, scope: FlagScope): FlagSpec => ({ name, kind, help, scope });
  const [cross, bollinger] = [withTemplate('sma-cross'), withTemplate('bollinger-hysteresis')];
  return [
    {
      name: 'template',
      kind: 'choice',
      choices: Object.keys(sweepTemplates),
      help: 'built-in strategy instead of --strategy: accounting all_in, long only',
    },
    parameter('fast', 'window of the fast mean', cross),
    parameter('slow', 'window of the slow mean', cross),
    parameter('window', 'window of the z-score', bollinger),
    parameter('threshold', 'enter above it, leave below 0', bollinger),
    ...AXES.map(({ flag, help }) => parameter(flag, `${help}; fill close`, WITH_TEMPLATE)),
    {
      name: 'long-only',
      kind: 'switch',
      help: 'says what templates do anyway: they never go short',
      scope: WITH_TEMPLATE,
    },
  ];
}

export interface TemplateChoice {
  template: SweepTemplate;
  /** Flag names (and column names) of its two parameters. */
  first: string;
  second: string;
  /** The optional parameters that were given. */
  axes: readonly TemplateAxis[];
}

/** The chosen template, or null when a strategy file was given. Exactly one of the two must be. */
export function templateOf(args: Args): TemplateChoice | null {
  if (args.has('template') === args.has('strategy')) {
    throw new UsageError(
      `give one of --strategy and --template, ${args.has('template') ? 'both were given' : 'none was given'}`,
    );
  }
  if (!args.has('template')) return null;
  const template = args.text('template') as SweepTemplate;
  const { first, second } = sweepTemplates[template];
  for (const name of [first, second]) args.require(name, `by --template ${template}`);
  return { template, first, second, axes: AXES.filter(({ flag }) => args.has(flag)) };
}

/** The grid of ranges of all parameters that were given. */
export function templateGrid(args: Args, { first, second, axes }: TemplateChoice): SweepGrid {
  const optional = axes.map(({ axis, flag }) => [axis, args.range(flag)] as const);
  return { first: args.range(first), second: args.range(second), ...Object.fromEntries(optional) };
}

/** Names of the parameter columns. */
export function templateColumns({ first, second, axes }: TemplateChoice): string[] {
  return [first, second, ...axes.map(({ column }) => column)];
}

/** The fill rule: `close` with stops, targets and sizes, which know no other, but for that as asked for. */
export function templateFill(args: Args, { axes }: TemplateChoice): FillRule {
  if (axes.length === 0) return fillOf(args);
  if (args.has('fill') && args.text('fill') !== 'close')
    throw new UsageError(`--fill must be close with --${axes[0].flag}, was ${args.text('fill')}`);
  return 'close';
}

/** Stops, target and size of one run through the order engine; undefined when none was given. */
export function templateProtection(args: Args, { axes }: TemplateChoice): Protection | undefined {
  if (axes.length === 0) return undefined;
  const engine = args.text('engine');
  if (args.has('engine') && engine !== 'event' && engine !== 'backtrader')
    throw new UsageError(`--engine must be event with --${axes[0].flag}, was ${engine}`);
  return Object.fromEntries(axes.map(({ axis, flag }) => [axis, args.number(flag)]));
}

/** The columns of the bars that a template with its fill and stops reads. */
export function templateNeeds({ template, axes }: TemplateChoice, fill: FillRule): ColumnNeed[] {
  const within = axes.filter(({ axis }) => axis !== 'size');
  return [
    { column: 'close', flag: `--template ${template}` },
    ...fillNeeds(fill),
    ...within.flatMap(({ flag }) => ['open', 'high', 'low'].map((column) => ({ column, flag: `--${flag}` }))),
  ];
}

/** Whether levels within bars are looked at, so that each bar must be one. */
export const templateReadsRanges = ({ axes }: TemplateChoice): boolean => axes.some(({ axis }) => axis !== 'size');

/** Templates account `all_in`; saying so is welcome, asking for anything else is not. */
export function requireTemplateMode(args: Args): void {
  if (args.has('mode') && args.text('mode') !== 'all_in') {
    throw new UsageError(`--mode must be all_in with --template, was ${args.text('mode')}`);
  }
}

/** Daily bars a year of most exchanges. */
const SESSIONS = 252;

/** Bars per year of annualised figures: as asked for, else those of 252 sessions. */
export function templatePeriods(args: Args, timeframe: Timeframe): number {
  return args.optionalNumber('periods-per-year') ?? periodsPerYear({ timeframe, trading_period: SESSIONS });
}
