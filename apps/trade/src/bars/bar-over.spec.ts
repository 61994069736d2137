import { calendarFor } from '@assay/market-data/calendars';
import { barOverMs, sessionCloseMs } from './bar-over';

const us = calendarFor('US');
const iso = (ms: number): string => new Date(ms).toISOString();

describe('when a stored bar is over', () => {
  it('is its close, early closes included', () => {
    expect(iso(barOverMs(us, Date.parse('2024-05-31'), '1d'))).toBe('2024-05-31T20:00:00.000Z');
    expect(iso(barOverMs(us, Date.parse('2024-11-29'), '1d'))).toBe('2024-11-29T18:00:00.000Z');
    expect(iso(barOverMs(us, Date.parse('2024-05-31T13:30:00Z'), '1h'))).toBe('2024-05-31T14:30:00.000Z');
  });

  it('is the end of its own length outside of the sessions, and before the calendar begins', () => {
    for (const [stamp, timeframe, over] of [
      ['2024-06-01T00:00:00Z', '1d', '2024-06-02T00:00:00.000Z'],
      ['2024-05-31T23:00:00Z', '1h', '2024-06-01T00:00:00.000Z'],
      ['1800-01-06T00:00:00Z', '1d', '1800-01-07T00:00:00.000Z'],
    ] as const) {
      expect(sessionCloseMs(us, Date.parse(stamp), timeframe)).toBeNull();
      expect(iso(barOverMs(us, Date.parse(stamp), timeframe))).toBe(over);
    }
  });
});
