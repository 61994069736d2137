import { MARKETS, TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import { DAY_MS, MINUTE_MS } from '@assay/primitives';
import fc from 'fast-check';
import { calendarFor } from './calendar-for';

const INTRADAY: readonly Timeframe[] = ['5m', '15m', '30m', '1h', '4h'];
const FEW = { numRuns: 25 };
const instant = fc.integer({ min: Date.UTC(2013, 0, 5), max: Date.UTC(2027, 11, 20) });

describe.each(MARKETS)('sessions of %s', (market) => {
  const calendar = calendarFor(market);
  const dates = calendar.sessions('2015-01-02', '2027-12-30');

  it('follow one another without overlap and carry the date of their close', () => {
    const wrong = dates.filter((date, i) => {
      const [openMs, closeMs] = [calendar.sessionOpenMs(date), calendar.sessionCloseMs(date)];
      const overlaps = i > 0 && openMs < calendar.sessionCloseMs(dates[i - 1]!);
      return overlaps || calendar.tradingDate(openMs) !== date || calendar.tradingDate(closeMs - 1) !== date;
    });
    expect(wrong).toEqual([]);
  });

  it('are open from each open to each close and at no other instant', () => {
    fc.assert(
      fc.property(instant, (timeMs) => {
        const near = [-1, 0, 1, 2].map((n) => calendar.tradingDate(timeMs + n * DAY_MS));
        const stretches = near.filter((date) => calendar.isSession(date)).flatMap((date) => calendar.stretchesOf(date));
        const inside = stretches.some(({ openMs, closeMs }) => timeMs >= openMs && timeMs < closeMs);
        expect(calendar.isOpen(timeMs)).toBe(inside);
      }),
    );
  });

  it('answer with the next open that there is', () => {
    fc.assert(
      fc.property(instant, (timeMs) => {
        const next = calendar.nextOpenMs(timeMs);
        expect(next).toBeGreaterThan(timeMs);
        const between = calendar
          .sessions(calendar.tradingDate(timeMs - DAY_MS), calendar.tradingDate(next))
          .map((date) => calendar.sessionOpenMs(date))
          .filter((openMs) => openMs > timeMs);
        expect(Math.min(...between)).toBe(next);
      }),
    );
  });

  it('are filled by their bars, each closing where the next opens or trading pauses', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dates), fc.constantFrom(...INTRADAY), (date, timeframe) => {
        const opens = calendar.barOpens(date, timeframe);
        const stretches = calendar.stretchesOf(date);
        const ends = new Set(stretches.map(({ closeMs }) => closeMs));
        const longest = TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
        const wrong = opens.filter((openMs, i) => {
          const closeMs = calendar.barCloseMs(openMs, timeframe);
          const follows = closeMs === opens[i + 1] || ends.has(closeMs);
          return closeMs - openMs > longest || !follows || calendar.nextBarCloseMs(openMs, timeframe) !== closeMs;
        });
        expect(wrong).toEqual([]);
        const traded = stretches.reduce((sum, { openMs, closeMs }) => sum + closeMs - openMs, 0);
        const covered = opens.reduce((sum, openMs) => sum + calendar.barCloseMs(openMs, timeframe) - openMs, 0);
        expect(covered).toBe(traded);
      }),
      FEW,
    );
  });

  it('close no bar before its stamp, and open none after its close, whatever day it bears', () => {
    const days = fc.integer({ min: Date.UTC(2015, 0, 5) / DAY_MS, max: Date.UTC(2027, 11, 1) / DAY_MS });
    fc.assert(
      fc.property(days, fc.constantFrom<Timeframe>('1d', '1w', '1M'), (day, timeframe) => {
        const openMs = calendar.barOpenMs(day * DAY_MS, timeframe);
        if (openMs === null) return;
        const closeMs = calendar.barCloseMs(day * DAY_MS, timeframe);
        expect(closeMs).toBeGreaterThanOrEqual(day * DAY_MS);
        expect(closeMs).toBeGreaterThan(openMs);
      }),
      { numRuns: 400 },
    );
  });

  it('make weeks and months that begin with the first and close with the last of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dates.slice(30, -30)),
        fc.constantFrom<Timeframe>('1w', '1M'),
        (date, timeframe) => {
          const { first, last } = calendar.periodOf(date, timeframe)!;
          const within = dates.filter((one) => one >= first && one <= last);
          expect([within[0], within.at(-1), within.includes(date)]).toEqual([first, last, true]);
          expect(within.every((one) => calendar.periodOf(one, timeframe)!.first === first)).toBe(true);
          const [before, after] = [dates[dates.indexOf(first) - 1]!, dates[dates.indexOf(last) + 1]!];
          expect(calendar.periodOf(before, timeframe)!.last).toBe(before);
          expect(calendar.periodOf(after, timeframe)!.first).toBe(after);
          const closeMs = calendar.sessionCloseMs(last);
          expect(calendar.nextBarCloseMs(calendar.sessionOpenMs(date), timeframe)).toBe(closeMs);
          expect(calendar.nextBarOpenMs(closeMs, timeframe)).toBe(calendar.sessionOpenMs(after));
        },
      ),
    );
  });
});
