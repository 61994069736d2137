import type { UniverseDocument } from '@assay/contracts';
import { isUniverse, parseUniverseDocument, type BarColumns } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { checkFeature, featureBarColumns, runUniverseBacktest } from '@assay/pipeline';
import type { EngineName, FillRule, PortfolioMode } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import type { BarsFile, ColumnNeed } from '../input/bars-file';
import { STRATEGY_COST_FLAGS } from '../input/cost-flags';
import { LOCAL_ID, readStrategyJson } from '../input/strategy-file';
import { costsOf, fillNeeds, scoredRangeFlag } from '../input/trading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { readUniverseBars } from './universe-bars';
import { universeDocumentOf, type UniverseView } from './universe-result';
import { universeText } from './universe-text';

/** What has no meaning for a universe. */
const IDLE: Readonly<Record<string, string>> = {
  symbol: 'the document names the symbols',
  benchmark: 'a universe is compared with all its members alike',
  'risk-free': 'a universe is compared with all its members alike',
  rolling: 'not with a universe',
  show: 'not with a universe: trades, contributions and absences are in --json',
  artifact: 'a universe has no model',
  fx: 'a universe is run in the currency of its prices',
  ...Object.fromEntries(STRATEGY_COST_FLAGS.map(({ name }) => [name, 'a universe is charged basis points'])),
};

/** Runs the `--strategy` where it is one of a universe, and prints what came of it. False where it is another kind. */
export async function backtestUniverse(args: Args, io: Io): Promise<boolean> {
  const json = readStrategyJson(args.text('strategy'));
  if (!isUniverse(json)) return false;
  for (const [flag, why] of Object.entries(IDLE))
    if (args.has(flag)) throw new UsageError(`--${flag} has no effect here: ${why}`);
  const { document, warnings } = blaming('--strategy', () =>
    parseUniverseDocument(json, { generateId: () => LOCAL_ID, checkFeature }),
  );
  const market = args.optional('market');
  if (market !== undefined && market !== document.market)
    throw new UsageError(`--market must be ${document.market}, as the strategy states, was ${market}`);
  const mode = modeOf(args);
  const fill = args.has('fill') ? (args.text('fill') as FillRule) : document.fill;
  const bars = await readUniverseBars(args, io, document, needsOf(document, fill));
  const view = await run(args, document, bars.series, { mode, fill });
  view.warnings = [...bars.warnings, ...warnings.filter(({ field }) => field !== 'strategy_id'), ...view.warnings];
  io.out(args.on('json') ? toJson(universeDocumentOf(view)) : universeText(view));
  return true;
}

function modeOf(args: Args): PortfolioMode | undefined {
  const mode = args.has('mode') ? args.text('mode') : undefined;
  if (mode === 'fixed_qty') throw new UsageError('--mode must be weight or all_in for a universe, was fixed_qty');
  return mode as PortfolioMode | undefined;
}

function needsOf({ features }: UniverseDocument, fill: FillRule): ColumnNeed[] {
  const columns = blaming('--strategy', () => featureBarColumns(features));
  return [
    { column: 'close', flag: '--strategy (returns)' },
    ...columns.flatMap((of, i) => of.map((column) => ({ column, flag: `--strategy (feature ${features[i].name})` }))),
    ...fillNeeds(fill),
  ];
}

async function run(
  args: Args,
  document: UniverseDocument,
  series: readonly BarColumns[],
  how: { mode?: PortfolioMode; fill: FillRule },
): Promise<UniverseView> {
  const calendar = calendarFor(document.market);
  const { fee_bps: feeBps, slippage_bps: slippageBps, spread_bps: spreadBps } = document.costs;
  const outcome = blaming(
    scoredRangeFlag(args) ?? `--bars ${args.text('bars')}`,
    () =>
      runUniverseBacktest({
        document,
        series,
        calendar,
        options: {
          engine: args.text('engine') as EngineName,
          ...how,
          costs: costsOf(args, { feeBps, slippageBps, spreadBps }),
          capital: args.optionalNumber('capital'),
          scoreFrom: args.optionalNumber('score-from'),
          start: args.optional('start'),
          end: args.optional('end'),
          periodsPerYear: args.optionalNumber('periods-per-year'),
        },
      }),
    { start: '--start', end: '--end' },
  );
  const { openTimeMs } = outcome.panel;
  return { document, outcome, file: fileOf(args, document, openTimeMs), warnings: outcome.warnings };
}

/** The panel's bars as tables of times want them. */
function fileOf(args: Args, { timeframe }: UniverseDocument, openTimeMs: Float64Array): BarsFile {
  const none = new Float64Array(0);
  const columns = { open: none, high: none, low: none, close: none, volume: none, extra: {} };
  const bars: BarColumns = { symbol: 'universe', source: 'panel', timeframe, openTimeMs, ...columns };
  return { path: args.text('bars'), bars, present: new Set(['date', 'close']), warnings: [], lines: new Int32Array(0) };
}
