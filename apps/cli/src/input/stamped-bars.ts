import type { ParsedBars } from '@assay/market-data/files';
import { refuseRepairs, stampPeriods } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';

/** Weekly and monthly bars stamped by the sessions of `--market`, as imports stamp them; others as they are. */
export async function stamped(args: Args, parsed: ParsedBars, strict = false): Promise<ParsedBars> {
  const { bars, lines, present } = parsed;
  const market = args.optional('market');
  if (market === undefined || !present.has('date') || (bars.timeframe !== '1w' && bars.timeframe !== '1M'))
    return parsed;
  const { calendarFor, marketOf } = await import('@assay/market-data/calendars');
  const made = stampPeriods(bars, lines, calendarFor(marketOf(market)!));
  if (strict) refuseRepairs(made.repairs);
  return { ...parsed, bars: made.bars, repairs: [...parsed.repairs, ...made.repairs] };
}
