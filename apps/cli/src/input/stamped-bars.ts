/* eslint-disable @typescript-eslint/no-require-imports -- loaded by the few calls that need it */
import type { ParsedBars } from '@assay/market-data/files';
import { refuseRepairs, stampPeriods } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';

/** Weekly and monthly bars stamped by the sessions of `--market`, as imports stamp them; others as they are. */
export function stamped(args: Args, parsed: ParsedBars, strict = false): ParsedBars {
  const { bars, lines, present } = parsed;
  const market = args.optional('market');
  if (market === undefined || !present.has('date') || (bars.timeframe !== '1w' && bars.timeframe !== '1M'))
    return parsed;
  const { calendarFor, marketOf } =
    require('@assay/market-data/calendars') as typeof import('@assay/market-data/calendars');
  const made = stampPeriods(bars, lines, calendarFor(marketOf(market)!));
  if (strict) refuseRepairs(made.repairs);
  return { ...parsed, bars: made.bars, repairs: [...parsed.repairs, ...made.repairs] };
}
