import { periodsPerYear as periodsPerYearOf } from '@assay/domain';
import { isSweptUniversePath, SWEPT_UNIVERSE_PARTS } from '@assay/pipeline';
import type { EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { costsOf } from '../input/trading-flags';
import type { Io } from '../output/io';
import { IDLE_COSTS, openUniverse } from '../universe/open-universe';
import type { SampledSearch } from './search-flags';
import { paramsOf, sweepDocument } from './sweep-document';
import type { SweepTable } from './sweep-result';
import { costsOfCells } from './swept-costs';

/** What has no meaning for a sweep of a universe. */
const IDLE: Readonly<Record<string, string>> = {
  ...IDLE_COSTS,
  fx: 'a universe is judged in the currencies of its prices',
  objective: 'a universe has fixed rules, and its cells are backtests',
  capital: 'no cost of a universe asks how large an order is',
};

/** Sweeps the `--strategy` document of a universe: all cells over the bars of all its symbols. */
export async function runUniverseSweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  const params = paramsOf(args);
  const other = params.find(({ path }) => !isSweptUniversePath(path));
  if (other)
    throw new UsageError(
      `--param must lead into ${SWEPT_UNIVERSE_PARTS.join(', ')} of a universe, whose cells are all over the same bars, was ${other.path}`,
    );
  const { document: opened, series, mode, fill } = await openUniverse(args, io, IDLE);
  const own = opened.costs;
  const { feeBps, slippageBps, spreadBps } = costsOf(args, {
    ...{ feeBps: own.fee_bps, slippageBps: own.slippage_bps, spreadBps: own.spread_bps },
  });
  const costs = { fee_bps: feeBps, slippage_bps: slippageBps, spread_bps: spreadBps };
  const document = { ...opened, costs, mode, fill };
  const periodsPerYear = args.optionalNumber('periods-per-year');
  const options = { engine: args.text('engine') as EngineName, periodsPerYear };
  return sweepDocument(args, io, search, params, {
    document,
    accounting: {
      ...{ mode, fill, costs: costsOfCells(args, costs, params) },
      periodsPerYear: periodsPerYear ?? periodsPerYearOf(document),
    },
    evaluate: (pool, asked, onProgress) => pool.sweepUniverse({ document, series, options, ...asked }, { onProgress }),
    scoring: () => ({ scoredFrom: 'lookback' }),
  });
}
