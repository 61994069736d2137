import { calendarFor } from '@assay/market-data/calendars';
import { panelTimes } from '@assay/domain';
import { costsFromDocument, runUniverseBacktest, type UniverseFx } from '@assay/pipeline';
import type { EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { comparisonOf, type Comparison } from '../input/comparison-flags';
import { universeFxOf } from '../input/fx-flags';
import { intervalsOf } from '../input/intervals-flags';
import { COST_FIELDS, strategyCosts } from '../input/strategy-costs';
import { scoredRangeFlag } from '../input/trading-flags';
import type { Accounting } from '../output/accounting';
import { intervalsText } from '../output/intervals';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { isOfUniverse, openUniverse, type OpenUniverse } from './open-universe';
import { panelFile } from './panel-file';
import { universeDocumentOf, type UniverseView } from './universe-result';
import { universeText } from './universe-text';

/** What has no meaning for a backtest of a universe. */
const IDLE: Readonly<Record<string, string>> = {
  rolling: 'not with a universe',
  show: 'not with a universe: trades, contributions and absences are in --json',
  stress: 'not with a universe',
  'monte-carlo': 'not with a universe',
  artifact: 'a universe has no model',
};

/** Runs the `--strategy` where it is one of a universe, and prints what came of it. False where it is another kind. */
export async function backtestUniverse(args: Args, io: Io): Promise<boolean> {
  if (!isOfUniverse(args)) return false;
  const opened = await openUniverse(args, io, IDLE);
  const view = run(args, opened, await compared(args, io, opened));
  view.warnings = [...opened.warnings, ...view.warnings];
  const { returns, gross, trades, benchmarkReturns, benchmark, riskFreeReturns, metrics, options } = view.outcome;
  const intervals = await intervalsOf(args, {
    ...{ returns, positions: gross, trades, riskFreeReturns, periodsPerYear: options.periodsPerYear },
    benchmarkReturns: benchmark?.returns ?? benchmarkReturns,
    turnover: metrics.turnover,
  });
  if (args.on('json')) io.out(toJson({ ...universeDocumentOf(view), ...(intervals ? { intervals } : {}) }));
  else io.out(universeText(view) + (intervals ? intervalsText(intervals) : ''));
  return true;
}

/** Series that are put beside the bars. */
const BESIDE = ['benchmark', 'risk-free', 'fx', 'fx-rates'];

interface Beside extends Comparison {
  fx?: UniverseFx;
  stated?: Accounting['fx'];
}

/** What is asked for beside the members, on the bars that the run looks at. */
async function compared(args: Args, io: Io, { document, series }: OpenUniverse): Promise<Beside> {
  if (!BESIDE.some((flag) => args.has(flag))) return {};
  const times = blaming(`--bars ${args.text('bars')}`, () =>
    panelTimes(document, series, calendarFor(document.market)),
  );
  const panel = panelFile(args, document, times);
  const comparison = await comparisonOf(args, io, panel, document.market);
  if (!args.has('fx') && !args.has('fx-rates')) return comparison;
  const { fx, stated } = await universeFxOf(args, io, document, panel);
  return { ...comparison, fx, stated };
}

function run(args: Args, { document, series, mode, fill }: OpenUniverse, { stated, ...beside }: Beside): UniverseView {
  const calendar = calendarFor(document.market);
  const costs = strategyCosts(args, document);
  const outcome = blaming(
    scoredRangeFlag(args) ?? `--bars ${args.text('bars')}`,
    () =>
      runUniverseBacktest({
        document,
        series,
        calendar,
        options: {
          engine: args.text('engine') as EngineName,
          ...{ mode, fill },
          costs: costsFromDocument(costs),
          capital: args.optionalNumber('capital'),
          scoreFrom: args.optionalNumber('score-from'),
          start: args.optional('start'),
          end: args.optional('end'),
          periodsPerYear: args.optionalNumber('periods-per-year'),
          ...beside,
        },
      }),
    { ...COST_FIELDS, start: '--start', end: '--end', fx: '--fx', fx_rates: '--fx-rates' },
  );
  const { openTimeMs } = outcome.panel;
  const file = panelFile(args, document, openTimeMs);
  const accounting: Accounting = { ...outcome.options, stated: costs, fx: stated };
  return { document, outcome, file, warnings: outcome.warnings, accounting };
}
