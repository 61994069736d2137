import { isDated, type IdleActionCode, type Timeframe } from '@assay/contracts';
import { DAY_MS } from '@assay/primitives';
import type { SessionCalendar } from '../calendars';
import { addDays, utcMidnight, periodBounds } from '@assay/calendars';
import { inOrder, type CorporateAction } from './corporate-action';

/** More than a month and the offset of any zone. */
const LONGEST_PERIOD_MS = 40 * DAY_MS;

/** An action with its place among the bars of a series. */
export interface PlacedAction extends CorporateAction {
  /** Bars stamped before it are of before the action. */
  exMs: number;
}

/** An action that no bar shows. */
export interface IdleAction {
  action: CorporateAction;
  code: IdleActionCode;
}

/**
 * Stamp from which on bars are of after an action: the midnight (or hour) at which the market's date becomes the ex-date;
 * for days 00:00Z of it. A week or month that holds sessions on both sides closes after it, and counts as after it.
 */
export function exStampMs(exDate: string, timeframe: Timeframe, calendar: SessionCalendar): number {
  if (!isDated(timeframe)) return calendar.dateBeginMs(exDate);
  if (timeframe === '1d') return utcMidnight(exDate);
  const [from, to] = periodBounds(exDate, timeframe);
  const period = exDate < calendar.coverage[0] ? null : calendar.periodOf(exDate, timeframe);
  return utcMidnight(period !== null && period.last < exDate ? addDays(to, 1) : from);
}

/** The actions, oldest first, that part the bars of a series, and those that do not. */
export function placeActions(
  actions: readonly CorporateAction[],
  { timeframe, firstOpenMs, lastOpenMs }: { timeframe: Timeframe; firstOpenMs: number; lastOpenMs: number },
  calendar: SessionCalendar,
): { placed: PlacedAction[]; idle: IdleAction[] } {
  const placed: PlacedAction[] = [];
  const idle: IdleAction[] = [];
  for (const action of inOrder(actions)) {
    // no period is longer: beyond it the calendar is not asked, which ends before the years do
    if (utcMidnight(action.exDate) - lastOpenMs > LONGEST_PERIOD_MS) {
      idle.push({ action, code: 'after_last_bar' });
      continue;
    }
    const exMs = exStampMs(action.exDate, timeframe, calendar);
    if (exMs <= firstOpenMs) idle.push({ action, code: 'before_first_bar' });
    else if (exMs > lastOpenMs) idle.push({ action, code: 'after_last_bar' });
    else placed.push({ exDate: action.exDate, kind: action.kind, value: action.value, exMs });
  }
  return { placed, idle };
}
