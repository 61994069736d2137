import type { UniverseDocument, Warning } from '@assay/contracts';
import { isUniverse, parseUniverseDocument, type BarColumns } from '@assay/domain';
import { checkFeature, featureBarColumns } from '@assay/pipeline';
import type { FillRule, PortfolioMode } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import type { BarsFile, ColumnNeed } from '../input/bars-file';
import { STRATEGY_COST_FLAGS } from '../input/cost-flags';
import { LOCAL_ID, readStrategyJson } from '../input/strategy-file';
import { fillNeeds } from '../input/trading-flags';
import type { Io } from '../output/io';
import { readUniverseBars } from './universe-bars';

/** A universe, the bars of its symbols, and how it is run. */
export interface OpenUniverse {
  document: UniverseDocument;
  series: BarColumns[];
  mode: PortfolioMode;
  fill: FillRule;
  /** Of the bars, and what the document's resolutions changed. */
  warnings: (BarsFile['warnings'][number] | Warning)[];
}

/** What has no meaning for a universe, whatever is done with it. */
const IDLE: Readonly<Record<string, string>> = {
  symbol: 'the document names the symbols',
};

/** Where a universe is judged, beside that. */
export const IDLE_COSTS: Readonly<Record<string, string>> = Object.fromEntries(
  STRATEGY_COST_FLAGS.map(({ name }) => [name, 'a universe is judged with the costs of its document']),
);

/** Whether the `--strategy` is one of a universe. */
export const isOfUniverse = (args: Args): boolean => isUniverse(readStrategyJson(args.text('strategy')));

/** Reads `--strategy` and `--bars`. @throws UsageError with every problem of the document, and for flags that are `idle` here, by what is said of them */
export async function openUniverse(args: Args, io: Io, idle: Readonly<Record<string, string>>): Promise<OpenUniverse> {
  for (const [flag, why] of Object.entries({ ...IDLE, ...idle }))
    if (args.has(flag)) throw new UsageError(`--${flag} has no effect here: ${why}`);
  const { document, warnings } = blaming('--strategy', () =>
    parseUniverseDocument(readStrategyJson(args.text('strategy')), { generateId: () => LOCAL_ID, checkFeature }),
  );
  const market = args.optional('market');
  if (market !== undefined && market !== document.market)
    throw new UsageError(`--market must be ${document.market}, as the strategy states, was ${market}`);
  const mode = modeOf(args) ?? document.mode;
  const fill = args.has('fill') ? (args.text('fill') as FillRule) : document.fill;
  const bars = await readUniverseBars(args, io, document, needsOf(document, fill));
  const own = warnings.filter(({ field }) => field !== 'strategy_id');
  return { document, series: bars.series, mode, fill, warnings: [...bars.warnings, ...own] };
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
