import { timeText } from '@assay/primitives';
import type { ParsedBars, ReadNote } from '@assay/market-data/files';
import { closedBefore, plainCloseMs } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';

/**
 * How many leading bars are closed now: by the sessions of `--market`, else when their time is over. What is not closed
 * is left out, which the note says.
 */
export async function closedBars(
  args: Args,
  { bars, present, lines }: ParsedBars,
): Promise<{ count: number; note: ReadNote | null }> {
  const { openTimeMs, timeframe } = bars;
  const nowMs = Date.now();
  const plainly = present.has('date') ? closedBefore(openTimeMs, plainCloseMs(timeframe), nowMs) : openTimeMs.length;
  const market = args.optional('market');
  // no session ends after the time of its bar, and calendars take long to load
  const count = plainly === openTimeMs.length || market === undefined ? plainly : await bySessions(bars, market, nowMs);
  if (count === openTimeMs.length) return { count, note: null };
  const left = openTimeMs.length - count;
  const what =
    left === 1 ? 'the last bar is not closed yet: it was' : `the last ${left} bars are not closed yet: they were`;
  const at = `${timeText(openTimeMs[count])} on line ${lines[count]}`;
  const hint = market === undefined && timeframe === '1d' ? '; --market closes a bar with its session' : '';
  return {
    count,
    note: { code: 'unclosed_bar', message: `${what} left out, from ${at}${hint}`, line: lines[count], count: left },
  };
}

async function bySessions(
  { openTimeMs, timeframe }: ParsedBars['bars'],
  market: string,
  nowMs: number,
): Promise<number> {
  const { calendarFor, marketOf, sessionCloseMs } = await import('@assay/market-data/calendars');
  return closedBefore(openTimeMs, sessionCloseMs(calendarFor(marketOf(market)!), timeframe), nowMs);
}
