import { isUniverse, periodsPerYear as periodsPerYearOf } from '@assay/domain';
import {
  costsFromDocument,
  drawnCells,
  gridOf,
  planSweep,
  runCpcv,
  runWalkForward,
  walkForwardSearch,
} from '@assay/pipeline';
import type { AccountingMode, EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { importedArtifactOf } from '../input/artifact-flag';
import { fxOf, statedRates } from '../input/fx-flags';
import { capitalOf, COST_FIELDS, strategyCosts } from '../input/strategy-costs';
import { openStrategy, readStrategyJson } from '../input/strategy-file';
import { fillNeeds, fillOf, scoredRangeFlag } from '../input/trading-flags';
import type { Io } from '../output/io';
import type { Judged } from './judged';
import { LAYOUT_FIELDS } from './judging-flags';
import { openJudgedUniverse } from './open-judged-universe';

/** Reads `--strategy`, of one symbol or of a universe, and its bars. */
export async function openJudged(args: Args, io: Io): Promise<Judged> {
  if (!isUniverse(readStrategyJson(args.text('strategy')))) return openOfOneSymbol(args, io);
  return openJudgedUniverse(args, io);
}

async function openOfOneSymbol(args: Args, io: Io): Promise<Judged> {
  const fill = fillOf(args);
  const { file, document } = await openStrategy(args, io, fillNeeds(fill));
  const artifact = importedArtifactOf(args, document);
  const stated = strategyCosts(args, document);
  const options = {
    engine: args.text('engine') as EngineName,
    mode: args.text('mode') as AccountingMode,
    fill,
    costs: costsFromDocument(stated),
    capital: capitalOf(args, stated),
    start: args.optional('start'),
    end: args.optional('end'),
    periodsPerYear: args.optionalNumber('periods-per-year') ?? periodsPerYearOf(document),
    ...(await fxOf(args, io, file)),
  };
  const { mode, costs, capital, periodsPerYear } = options;
  const accounting = { mode, fill, costs, stated, capital, periodsPerYear, ...statedRates(args) };
  const input = { document, bars: file.bars, artifact, options };
  const judging = <T>(judge: () => T): T =>
    blaming(scoredRangeFlag(args) ?? `--bars ${file.path}`, judge, {
      ...COST_FIELDS,
      ...LAYOUT_FIELDS,
      ...{ by: '--select', samples: '--samples' },
    });
  return {
    walkForward: (layout, report) => {
      const outcome = judging(() => runWalkForward({ ...input, layout }, report));
      return { outcome, accounting, file };
    },
    search: ({ params, by, layout, drawn }, report) => {
      // a pipeline document carries its costs, so that they may be searched too
      const searched = document.kind === 'pipeline' ? { ...document, costs: stated } : document;
      const costs = document.kind === 'pipeline' ? undefined : options.costs;
      const plan = blaming('--param', () => planSweep(searched, params));
      const asked = { document: searched, bars: file.bars, artifact, options: { ...options, costs } };
      const outcome = judging(() => {
        const cells = drawn ? drawnCells(gridOf(plan), drawn) : undefined;
        return walkForwardSearch({ ...asked, plan, by, layout, cells }, report);
      });
      return { outcome, accounting, file, document: searched, drawn };
    },
    cpcv: (layout, report) => {
      const outcome = judging(() => runCpcv({ ...input, layout }, report));
      return { outcome, accounting, file };
    },
  };
}
