import { calendarFor } from '@assay/market-data/calendars';
import { universeCpcv, universeWalkForward, type OnPanel } from '@assay/pipeline';
import type { EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { costsOf, scoredRangeFlag } from '../input/trading-flags';
import type { Io } from '../output/io';
import { IDLE_COSTS, openUniverse } from '../universe/open-universe';
import { panelFile } from '../universe/panel-file';
import type { Judged, Judgement } from './judged';
import { LAYOUT_FIELDS } from './judging-flags';

/** What has no meaning where a universe is judged. */
const IDLE: Readonly<Record<string, string>> = {
  ...IDLE_COSTS,
  artifact: 'a universe has no model',
  param: 'a universe is not searched in folds',
  fx: 'a universe is judged in the currencies of its prices',
  capital: 'no cost of a universe asks how large an order is',
};

/** Every stretch is a slice of one continuous run, since the rules of a universe look at the past alone. */
export async function openJudgedUniverse(args: Args, io: Io): Promise<Judged> {
  const { document, series, mode, fill } = await openUniverse(args, io, IDLE);
  const { fee_bps: feeBps, slippage_bps: slippageBps, spread_bps: spreadBps } = document.costs;
  const costs = costsOf(args, { feeBps, slippageBps, spreadBps });
  const options = {
    engine: args.text('engine') as EngineName,
    ...{ mode, fill, costs },
    start: args.optional('start'),
    end: args.optional('end'),
    periodsPerYear: args.optionalNumber('periods-per-year'),
  };
  const input = { document, series, calendar: calendarFor(document.market), options };
  const judging = <T>(judge: () => OnPanel<T>): Judgement<T> => {
    const { exact, openTimeMs, periodsPerYear } = blaming(
      scoredRangeFlag(args) ?? `--bars ${args.text('bars')}`,
      judge,
      LAYOUT_FIELDS,
    );
    const accounting = { mode, fill, costs, periodsPerYear };
    return { outcome: exact, accounting, file: panelFile(args, document, openTimeMs) };
  };
  return {
    walkForward: (layout, report) => judging(() => universeWalkForward({ ...input, layout }, report)),
    search: null,
    cpcv: (layout, report) => judging(() => universeCpcv({ ...input, layout }, report)),
  };
}
