import { staleBars } from './stale-bars';

const us = { market: 'US', timeframe: '1d', status: 'active' } as const;
const of = (row: object, newest: string | null, now: string) =>
  staleBars({ ...us, ...row }, newest === null ? null : new Date(newest), Date.parse(now));

describe('bars that have ended', () => {
  it('are told with the newest there is and the close that was expected last', () => {
    expect(of({}, '2023-12-29', '2024-05-20T12:00:00Z')).toEqual({
      newest_bar: '2023-12-29T00:00:00.000Z',
      expected_close: '2024-05-17T20:00:00.000Z',
    });
  });

  it('are no weekend and no holiday, and no single bar that is late', () => {
    // Friday; Monday is Memorial Day
    expect(of({}, '2024-05-24', '2024-05-28T19:00:00Z')).toBeNull();
    expect(of({}, '2024-05-24', '2024-05-29T19:00:00Z')).toBeNull();
    expect(of({}, '2024-05-24', '2024-05-29T20:59:00Z')).toBeNull();
    expect(of({}, '2024-05-24', '2024-05-29T21:00:00Z')).not.toBeNull();
    expect(of({ market: 'CRYPTO' }, '2024-05-24', '2024-05-28T19:00:00Z')).not.toBeNull();
  });

  it('are told of hours that are missing within a session', () => {
    const hourly = { timeframe: '1h' };
    expect(of(hourly, '2024-05-28T13:30:00Z', '2024-05-28T17:00:00Z')).toBeNull();
    expect(of(hourly, '2024-05-28T13:30:00Z', '2024-05-28T17:30:00Z')).not.toBeNull();
  });

  it('are told of bars on no session, and from before the calendar', () => {
    expect(of({}, '2023-12-30', '2024-05-20T12:00:00Z')).not.toBeNull();
    expect(of({}, '1899-01-03', '2024-05-20T12:00:00Z')).toMatchObject({ newest_bar: '1899-01-03T00:00:00.000Z' });
  });

  it('are nothing to who does not run, or has none', () => {
    expect(of({ status: 'paused' }, '2023-12-29', '2024-05-20T12:00:00Z')).toBeNull();
    expect(of({}, null, '2024-05-20T12:00:00Z')).toBeNull();
  });
});
