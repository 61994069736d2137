import type { Timeframe, Warning } from '@assay/contracts';
import { type Calendar } from '@assay/domain';
import { invalid, MINUTE_MS } from '@assay/primitives';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { addDays, dateOfUtc, weekday } from './civil-date';
import type { MarketCode, MarketRules } from './market-rules';
import { TIMEFRAME_MINUTES } from './timeframes';

const LONGEST_CLOSURE_DAYS = 14;

/** One stretch of trading as UTC instants. */
export interface SessionStretch {
  openMs: number;
  closeMs: number;
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

  constructor(private readonly rules: MarketRules) {
    this.market = rules.market;
    this.zone = rules.zone;
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
    return this.isPastEnd(date) ? weekday(date) % 6 !== 0 : this.rules.isSession(date);
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
    const date = this.localDate(timeMs);
    if (!this.isSession(date)) return false;
    return this.stretchesOf(date).some(({ openMs, closeMs }) => timeMs >= openMs && timeMs < closeMs);
  }

  /** The market's own date at an instant. */
  localDate(timeMs: number): string {
    if (this.zone === 'UTC') return dateOfUtc(timeMs);
    return DateTime.fromMillis(timeMs, { zone: this.zone }).toISODate()!;
  }

  nextOpenMs(afterMs: number): number {
    return this.firstSession(this.localDate(afterMs), (date) => {
      const openMs = this.sessionOpenMs(date);
      return openMs > afterMs ? openMs : undefined;
    });
  }

  barCloseMs(openTimeMs: number, timeframe: Timeframe): number {
    if (timeframe === '1d') return this.sessionCloseMs(dateOfUtc(openTimeMs));
    const date = this.localDate(openTimeMs);
    const stretch = this.stretchesOf(date).find(({ openMs, closeMs }) => openTimeMs >= openMs && openTimeMs < closeMs);
    if (!stretch)
      throw this.refusal(new Date(openTimeMs).toISOString(), 'session', `must lie in a session of ${this.rules.name}`);
    const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
    const bar = Math.floor((openTimeMs - stretch.openMs) / stepMs);
    return Math.min(stretch.openMs + (bar + 1) * stepMs, stretch.closeMs);
  }

  nextBarCloseMs(afterMs: number, timeframe: Timeframe): number {
    return this.firstSession(this.localDate(afterMs), (date) => {
      if (timeframe === '1d') {
        const closeMs = this.sessionCloseMs(date);
        return closeMs > afterMs ? closeMs : undefined;
      }
      const stretch = this.stretchesOf(date).find(({ closeMs }) => closeMs > afterMs);
      return stretch && this.barCloseMs(Math.max(afterMs, stretch.openMs), timeframe);
    });
  }

  /** Open times of the bars a complete series has on a date: one at 00:00Z for daily bars, else one per started interval. */
  barOpens(date: string, timeframe: Timeframe): number[] {
    if (timeframe === '1d') return [Date.parse(`${date}T00:00:00Z`)];
    const stepMs = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
    const opens: number[] = [];
    for (const { openMs, closeMs } of this.stretchesOf(date)) {
      for (let open = openMs; open < closeMs; open += stepMs) opens.push(open);
    }
    return opens;
  }

  /** 252 or 365 sessions by convention, times the bars of a full session; the last bar of a stretch may be short. */
  barsPerYear(timeframe: Timeframe): number {
    if (timeframe === '1d') return this.rules.sessionsPerYear;
    const minutes = TIMEFRAME_MINUTES[timeframe];
    const lunch = this.market === 'HK';
    const perSession = lunch
      ? Math.ceil(150 / minutes) + Math.ceil(180 / minutes)
      : Math.ceil(this.rules.minutesPerSession / minutes);
    return perSession * this.rules.sessionsPerYear;
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
    const [hour, minute] = wallClock.split(':').map(Number);
    if (this.zone === 'UTC') return Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * MINUTE_MS;
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
