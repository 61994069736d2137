import { isDated, TIMEFRAME_MINUTES, type MarketCode, type Timeframe, type Warning } from '@assay/contracts';
import { type Calendar } from '@assay/domain';
import { invalid, MINUTE_MS } from '@assay/primitives';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { addDays, dateOfUtc, isWeekday, utcMidnight } from './civil-date';
import type { MarketRules, SessionPart } from './market-rules';
import { periodBounds } from './periods';

const LONGEST_CLOSURE_DAYS = 14;

/** One stretch of trading as UTC instants. */
export interface SessionStretch {
  openMs: number;
  closeMs: number;
}

const DAY_MINUTES = 1440;
const EVE = 'eve ';

/** First and last session of a day, week or month. */
export interface SessionPeriod {
  first: string;
  last: string;
}

/** Dates whose sessions are kept: eighty years of them. */
const MOST_DATES = 20_000;

/**
 * Sessions of one market from its rules. Instants follow the IANA zone, so daylight saving needs no table of its own.
 * A date before the tables, or an instant asked of a date without session, throws `validation_failed`. After the end of
 * the tables every weekday counts as a full session, which some are not: whoever shows a result asks `endWarning`.
 */
export class SessionCalendar implements Calendar {
  readonly market: MarketCode;
  readonly zone: string;
  private readonly stretches = new LRUCache<string, readonly SessionStretch[]>({ max: MOST_DATES });
  private readonly periods = new LRUCache<string, SessionPeriod>({ max: MOST_DATES });

  constructor(private readonly rules: MarketRules) {
    this.market = rules.market;
    this.zone = rules.zone;
  }

  /** Whether each session opens when the one before it closes, weekends apart. */
  get isContinuous(): boolean {
    return this.rules.regular.reduce((sum, part) => sum + minutesOf(part), 0) === DAY_MINUTES;
  }

  /** First and last date of the tables. */
  get coverage(): readonly [from: string, to: string] {
    return this.rules.coverage;
  }

  covers(date: string): boolean {
    return date >= this.rules.coverage[0] && date <= this.rules.coverage[1];
  }

  isSession(date: string): boolean {
    this.requireBegun(date);
    return this.isPastEnd(date) ? isWeekday(date) : this.rules.isSession(date);
  }

  /** What to say with a result that uses the date, or null while the tables hold it. */
  endWarning(date: string): Warning | null {
    if (!this.isPastEnd(date)) return null;
    const [, end] = this.rules.coverage;
    const message =
      `holidays and half days of ${this.rules.name} are known until ${end}: on ${date} every weekday ` +
      'counts as a full session, so a closed day may be taken for a session; update to a release with a longer table';
    return { code: 'calendar_not_covered', message, market: this.market, last_date: end, date };
  }

  sessions(from: string, to: string): string[] {
    const dates: string[] = [];
    for (let date = from; date <= to; date = addDays(date, 1)) if (this.isSession(date)) dates.push(date);
    return dates;
  }

  sessionOpenMs(date: string): number {
    return this.stretchesOf(date)[0].openMs;
  }

  sessionCloseMs(date: string): number {
    return this.stretchesOf(date).at(-1)!.closeMs;
  }

  /** The trading of a session, cut by its lunch break. */
  stretchesOf(date: string): readonly SessionStretch[] {
    const known = this.stretches.get(date);
    if (known) return known;
    if (!this.isSession(date)) throw this.refusal(date, 'session', `must be a session of ${this.rules.name}`);
    const made = this.rules
      .parts(date)
      .map(([open, close]) => ({ openMs: this.at(date, open), closeMs: this.at(date, close) }));
    this.stretches.set(date, made);
    return made;
  }

  /** Whether the market trades at the instant (open included, close not). */
  isOpen(timeMs: number): boolean {
    const date = this.tradingDate(timeMs);
    if (!this.isSession(date)) return false;
    return this.stretchesOf(date).some(({ openMs, closeMs }) => timeMs >= openMs && timeMs < closeMs);
  }

  /** The market's own date at an instant: where sessions begin on their eve, the next date from that hour on. */
  tradingDate(timeMs: number): string {
    if (this.zone === 'UTC') return dateOfUtc(timeMs);
    const local = DateTime.fromMillis(timeMs, { zone: this.zone });
    const date = local.toISODate()!;
    return local.hour >= (this.rules.dateBeginsAtHour ?? 24) ? addDays(date, 1) : date;
  }

  /** Hour of the market's clock, 0 to 23. */
  localHour(timeMs: number): number {
    return this.zone === 'UTC' ? new Date(timeMs).getUTCHours() : DateTime.fromMillis(timeMs, { zone: this.zone }).hour;
  }

  /** When the market's own date becomes a date, whether it has a session or not: the inverse of `tradingDate`. */
  dateBeginMs(date: string): number {
    const hour = this.rules.dateBeginsAtHour;
    return this.at(date, hour === undefined ? '00:00' : `${EVE}${String(hour).padStart(2, '0')}:00`);
  }

  nextOpenMs(afterMs: number): number {
    return this.firstSession(this.tradingDate(afterMs), (date) => {
      const openMs = this.sessionOpenMs(date);
      return openMs > afterMs ? openMs : undefined;
    });
  }

  /** Sessions of the day, week or month that holds a date: the first stamps its bar, the last closes it. Null without any. */
  periodOf(date: string, timeframe: Timeframe): SessionPeriod | null {
    if (timeframe === '1d') return this.isSession(date) ? { first: date, last: date } : null;
    const key = `${timeframe} ${date}`;
    const known = this.periods.get(key);
    if (known) return known;
    const [from, to] = periodBounds(date, timeframe);
    const [begin] = this.rules.coverage;
    this.requireBegun(date);
    const sessions = this.sessions(from < begin ? begin : from, to);
    if (sessions.length === 0) return null;
    const made = { first: sessions[0], last: sessions[sessions.length - 1] };
    this.periods.set(key, made);
    return made;
  }

  barOpenMs(stampMs: number, timeframe: Timeframe): number | null {
    if (!isDated(timeframe)) return this.isOpen(stampMs) ? stampMs : null;
    const period = this.barPeriod(dateOfUtc(stampMs), timeframe);
    return period && this.sessionOpenMs(period.first);
  }

  barCloseMs(openTimeMs: number, timeframe: Timeframe): number {
    if (isDated(timeframe)) {
      const date = dateOfUtc(openTimeMs);
      return this.sessionCloseMs(this.barPeriod(date, timeframe)?.last ?? date);
    }
    const date = this.tradingDate(openTimeMs);
    const stretch = this.stretchesOf(date).find(({ openMs, closeMs }) => openTimeMs >= openMs && openTimeMs < closeMs);
    if (!stretch)
      throw this.refusal(new Date(openTimeMs).toISOString(), 'session', `must lie in a session of ${this.rules.name}`);
    const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
    const bar = Math.floor((openTimeMs - stretch.openMs) / stepMs);
    return Math.min(stretch.openMs + (bar + 1) * stepMs, stretch.closeMs);
  }

  nextBarCloseMs(afterMs: number, timeframe: Timeframe): number {
    return this.firstSession(this.tradingDate(afterMs), (date) => {
      if (isDated(timeframe)) {
        const closeMs = this.sessionCloseMs(this.periodOf(date, timeframe)!.last);
        return closeMs > afterMs ? closeMs : undefined;
      }
      const stretch = this.stretchesOf(date).find(({ closeMs }) => closeMs > afterMs);
      return stretch && this.barCloseMs(Math.max(afterMs, stretch.openMs), timeframe);
    });
  }

  /** When the next bar of a complete series opens, at or after the instant. */
  nextBarOpenMs(fromMs: number, timeframe: Timeframe): number {
    const date = this.tradingDate(fromMs);
    if (!isDated(timeframe)) {
      const open = this.isSession(date) && this.barOpens(date, timeframe).find((openMs) => openMs >= fromMs);
      return open || this.nextOpenMs(fromMs - 1);
    }
    const openOf = (one: string): number => this.sessionOpenMs(this.periodOf(one, timeframe)!.first);
    if (this.periodOf(date, timeframe) && openOf(date) >= fromMs) return openOf(date);
    const [, to] = periodBounds(date, timeframe);
    return this.firstSession(addDays(to, 1), openOf);
  }

  /** Stamps of the bars a complete series has from a date on: 00:00Z where a day, week or month begins, else one per started interval. */
  barOpens(date: string, timeframe: Timeframe): number[] {
    if (isDated(timeframe)) return this.periodOf(date, timeframe)?.first === date ? [utcMidnight(date)] : [];
    const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
    const opens: number[] = [];
    for (const { openMs, closeMs } of this.stretchesOf(date)) {
      for (let open = openMs; open < closeMs; open += stepMs) opens.push(open);
    }
    return opens;
  }

  /** Sessions of a year times the bars of a full session, whose last bar may be short; 52 weeks, 12 months. */
  barsPerYear(timeframe: Timeframe): number {
    const { sessionsPerYear, regular } = this.rules;
    if (isDated(timeframe)) return { '1d': sessionsPerYear, '1w': 52, '1M': 12 }[timeframe];
    const minutes = TIMEFRAME_MINUTES[timeframe];
    return sessionsPerYear * regular.reduce((sum, part) => sum + Math.ceil(minutesOf(part) / minutes), 0);
  }

  /** The period of a bar by its stamp. One after the last session of a period is of the next: no bar closes before its stamp. */
  private barPeriod(date: string, timeframe: Timeframe): SessionPeriod | null {
    const period = this.periodOf(date, timeframe);
    if (period === null || date <= period.last) return period;
    return this.periodOf(addDays(periodBounds(date, timeframe)[1], 1), timeframe);
  }

  private firstSession(from: string, pick: (date: string) => number | undefined): number {
    let date = from;
    for (let tries = 0; tries <= LONGEST_CLOSURE_DAYS; tries += 1, date = addDays(date, 1)) {
      const found = this.isSession(date) ? pick(date) : undefined;
      if (found !== undefined) return found;
    }
    throw this.refusal(from, 'session', `must be followed by a session of ${this.rules.name}`);
  }

  private at(date: string, wallClock: string): number {
    if (wallClock.startsWith(EVE)) return this.at(addDays(date, -1), wallClock.slice(EVE.length));
    if (this.zone === 'UTC') return utcMidnight(date) + minuteOfDay(wallClock) * MINUTE_MS;
    return DateTime.fromISO(`${date}T${wallClock}`, { zone: this.zone }).toMillis();
  }

  private isPastEnd(date: string): boolean {
    return date > this.rules.coverage[1];
  }

  private requireBegun(date: string): void {
    const [from] = this.rules.coverage;
    if (date >= from) return;
    throw this.refusal(date, 'calendar_coverage', `must be at least ${from} for the calendar of ${this.rules.name}`);
  }

  private refusal(value: string, rule: string, says: string): Error {
    return invalid([{ field: 'date', rule, value, message: `date ${says}, was ${value}` }]);
  }
}

const minuteOfDay = (wallClock: string): number => {
  if (wallClock.startsWith(EVE)) return minuteOfDay(wallClock.slice(EVE.length)) - DAY_MINUTES;
  const [hour, minute] = wallClock.split(':').map(Number);
  return hour * 60 + minute;
};

const minutesOf = ([open, close]: SessionPart): number => minuteOfDay(close) - minuteOfDay(open);
