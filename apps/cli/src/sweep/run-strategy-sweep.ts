import type { CostsDocument, StrategyDocument } from '@assay/contracts';
import { periodsPerYear as periodsPerYearOf } from '@assay/domain';
import { costsFromDocument, gridOf, policyScoreFrom, strategyLookback, type StrategySweepInput } from '@assay/pipeline';
import type { AccountingMode, EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { openStrategy } from '../input/strategy-file';
import { fxOf, statedRates } from '../input/fx-flags';
import { capitalOf, strategyCosts } from '../input/strategy-costs';
import { fillNeeds, fillOf } from '../input/trading-flags';
import type { Io } from '../output/io';
import { CrossValidatedCells } from './cross-validated-cells';
import { figureOf, type SampledSearch } from './search-flags';
import { paramsOf, sweepDocument, type SweptSubject } from './sweep-document';
import type { SweepTable } from './sweep-result';
import { costsOfCells } from './swept-costs';

/** Sweeps the `--strategy` document of one symbol. */
export async function runStrategySweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  const fill = fillOf(args);
  const { document: opened, file } = await openStrategy(args, io, fillNeeds(fill));
  const params = paramsOf(args);
  const stated = strategyCosts(args, opened);
  const costs = costsFromDocument(stated);
  const isPipeline = opened.kind === 'pipeline';
  // a pipeline document carries its costs, so that they may be swept too
  const document: StrategyDocument = isPipeline ? { ...opened, costs: stated } : opened;
  const options = {
    engine: args.text('engine') as EngineName,
    mode: args.text('mode') as AccountingMode,
    fill,
    costs: isPipeline ? undefined : costs,
    capital: capitalOf(args, stated),
    periodsPerYear: args.optionalNumber('periods-per-year'),
    ...(await fxOf(args, io, file)),
  };
  const { mode, capital, periodsPerYear = periodsPerYearOf(document) } = options;
  const notSwept = Object.entries(stated).filter(
    ([name]) => !params.some(({ path }) => path.startsWith(`costs.${name}`)),
  );
  const of = { stated: Object.fromEntries(notSwept) as CostsDocument, capital, ...statedRates(args) };
  const shown = isPipeline ? costsOfCells(args, stated, params) : costs;
  const base = { document, bars: file.bars, options };
  return sweepDocument(args, io, search, params, {
    document,
    accounting: { mode, fill, costs: shown, ...of, periodsPerYear },
    ...(args.text('objective') === 'cpcv' ? crossValidated(args, base) : inSample(base)),
  });
}

type Trying = Pick<SweptSubject<StrategyDocument>, 'evaluate' | 'scoring'>;
type Swept = Pick<StrategySweepInput, 'document' | 'bars' | 'options'>;

const inSample = (swept: Swept): Trying => ({
  evaluate: (pool, asked, onProgress) => pool.sweepStrategy({ ...swept, ...asked }, { onProgress }),
  scoring: () => ({ scoredFrom: 'lookback' }),
});

function crossValidated(args: Args, swept: Swept): Trying {
  const figure = figureOf(args);
  const seriesFrom = policyScoreFrom(strategyLookback(swept.document));
  let judged: CrossValidatedCells | undefined;
  return {
    evaluate(pool, { plan, metric, cells }, onProgress) {
      judged ??= new CrossValidatedCells(figure, args.text('prune') === 'median', (round, crossValidation) =>
        pool.sweepStrategy({ ...swept, plan, metric, cells: round, seriesFrom, crossValidation }),
      );
      const all = (): Uint32Array => Uint32Array.from({ length: gridOf(plan).size }, (_, cell) => cell);
      return judged.sweep(cells ?? all(), onProgress);
    },
    scoring: () => ({ scoredFrom: 'policy', pruned: judged?.pruned ?? 0 }),
  };
}
