import { calendarFor } from './calendar-for';
import { SessionClock } from './session-clock';

const ms = (text: string): number => Date.parse(text);

it.each(['US', 'HK', 'CME', 'FX', 'CRYPTO'] as const)('%s: has the date and the session of every instant', (market) => {
  const calendar = calendarFor(market);
  const clock = new SessionClock(calendar, '15m');
  // over both changes of the clocks, forwards and then back again
  const hours = Array.from({ length: 24 * 300 }, (_, i) => ms('2024-02-01T00:15:00Z') + i * 3_600_000);
  for (const at of [...hours, ...hours.slice(-200).reverse()]) {
    const date = calendar.tradingDate(at);
    const stretches = calendar.isSession(date) ? calendar.stretchesOf(date) : null;
    expect(clock.at(at)).toEqual({ date, stretches });
  }
});

it('dates bars of days by their stamp, whatever the zone', () => {
  const clock = new SessionClock(calendarFor('US'), '1d');
  expect(clock.at(ms('2024-07-03T00:00:00Z')).date).toBe('2024-07-03');
  expect(clock.at(ms('2024-07-04T00:00:00Z'))).toEqual({ date: '2024-07-04', stretches: null });
});

it('knows no sessions before the tables, and refuses nothing', () => {
  const clock = new SessionClock(calendarFor('US'), '1d');
  expect(clock.at(ms('1999-12-31T00:00:00Z'))).toEqual({ date: '1999-12-31', stretches: null });
});
