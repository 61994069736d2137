import type { BarColumns, BarsQuery } from '@assay/domain';
import { DAY_MS } from '@assay/primitives';
import fc from 'fast-check';
import { calendarFor } from '../calendars';
import { closedBarCount, ReplayBars, visibleBars, visibleOpen } from './index';

const us = calendarFor('US');
const dates = us.sessions('2023-11-20', '2023-12-01');
const column = (offset: number): Float64Array => Float64Array.from(dates, (_, i) => 100 + i + offset);
const bars: BarColumns = {
  symbol: 'X',
  source: 'test',
  timeframe: '1d',
  openTimeMs: Float64Array.from(dates, (date) => Date.parse(date)),
  open: column(0),
  high: column(1),
  low: column(-1),
  close: column(0.5),
  volume: column(0),
  extra: { factor: column(7) },
};
const halfDay = dates.indexOf('2023-11-24');

describe('bars under a replay clock', () => {
  it('are visible from the close of their session on, early closes included', () => {
    const close = Date.parse('2023-11-24T18:00:00Z');
    expect(closedBarCount(bars, us, close - 1)).toBe(halfDay);
    expect(closedBarCount(bars, us, close)).toBe(halfDay + 1);
    expect(visibleBars(bars, us, close).extra.factor).toHaveLength(halfDay + 1);
  });

  it('are none before the first close and all after the last', () => {
    expect(closedBarCount(bars, us, 0)).toBe(0);
    expect(closedBarCount(bars, us, Date.parse('2030-01-01'))).toBe(dates.length);
  });

  it('never reach into the future', () => {
    const [first, last] = [bars.openTimeMs[0], bars.openTimeMs.at(-1)! + 2 * DAY_MS];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (nowMs) => {
        const { openTimeMs } = visibleBars(bars, us, nowMs);
        expect(openTimeMs.every((time) => us.barCloseMs(time, '1d') <= nowMs)).toBe(true);
        const next = bars.openTimeMs[openTimeMs.length];
        if (next !== undefined) expect(us.barCloseMs(next, '1d')).toBeGreaterThan(nowMs);
      }),
    );
  });

  it('show the open of the session in progress and nothing else of it', () => {
    const openMs = us.sessionOpenMs('2023-11-22');
    expect(visibleOpen(bars, us, openMs - 1)).toBeNull();
    expect(visibleOpen(bars, us, openMs)).toEqual({
      openTimeMs: Date.parse('2023-11-22'),
      tradingFromMs: openMs,
      open: bars.open[dates.indexOf('2023-11-22')],
    });
    expect(visibleOpen(bars, us, Date.parse('2024-06-01'))).toBeNull();
  });

  it('come from a Bars port that cuts to the asked range and the clock', async () => {
    const port = new ReplayBars(
      async () => bars,
      () => us,
    );
    const query: BarsQuery = {
      source: 'test',
      symbol: 'X',
      timeframe: '1d',
      nowMs: Date.parse('2023-11-29T00:00:00Z'),
    };
    const range = { fromMs: Date.parse('2023-11-21'), toMs: Date.parse('2023-11-30') };
    const seen = await port.read({ ...query, ...range });
    expect(Array.from(seen.openTimeMs, (time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      '2023-11-21',
      '2023-11-22',
      '2023-11-24',
      '2023-11-27',
      '2023-11-28',
    ]);
  });
});
