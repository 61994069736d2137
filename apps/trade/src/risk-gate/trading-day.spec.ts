import { calendarFor } from '@assay/calendars';
import { tradingDay } from './trading-day';

const at = Date.parse;
const spanOf = (market: Parameters<typeof calendarFor>[0], instant: string): [string, string] => {
  const { from, to } = tradingDay(calendarFor(market), at(instant));
  return [from.toISOString(), to.toISOString()];
};

describe('the trading day of an instant', () => {
  it('is the civil day where sessions are of one date', () => {
    expect(spanOf('US', '2024-07-10T15:00:00Z')).toEqual(['2024-07-10T04:00:00.000Z', '2024-07-11T04:00:00.000Z']);
    expect(spanOf('CRYPTO', '2024-07-10T23:59:59Z')).toEqual(['2024-07-10T00:00:00.000Z', '2024-07-11T00:00:00.000Z']);
    // 25 hours on the day the clocks go back
    expect(spanOf('US', '2024-11-03T15:00:00Z')).toEqual(['2024-11-03T04:00:00.000Z', '2024-11-04T05:00:00.000Z']);
  });

  it.each(['CME', 'FX'] as const)(
    'of %s has the Sunday evening with the Monday, and the Monday evening not',
    (market) => {
      const calendar = calendarFor(market);
      const [sunday, monday, mondayEvening] = ['2024-07-14T23:30:00Z', '2024-07-15T15:00:00Z', '2024-07-15T23:30:00Z'];
      expect(calendar.tradingDate(at(sunday))).toBe('2024-07-15');
      const day = tradingDay(calendar, at(monday));
      expect(tradingDay(calendar, at(sunday))).toEqual(day);
      expect(day.from.getTime()).toBeLessThanOrEqual(at(sunday));
      expect(day.to.getTime()).toBeLessThanOrEqual(at(mondayEvening));
      expect(tradingDay(calendar, at(mondayEvening)).from).toEqual(day.to);
    },
  );

  it('is the date of each instant in it, and of none beside it', () => {
    for (const market of ['US', 'HK', 'CME', 'FX', 'CRYPTO'] as const) {
      const calendar = calendarFor(market);
      for (let hour = 0; hour < 24 * 8; hour += 5) {
        const ms = at('2024-03-07T00:30:00Z') + hour * 3_600_000;
        const { from, to } = tradingDay(calendar, ms);
        const date = calendar.tradingDate(ms);
        expect([from.getTime() <= ms, ms < to.getTime()]).toEqual([true, true]);
        expect([calendar.tradingDate(from.getTime()), calendar.tradingDate(to.getTime() - 1)]).toEqual([date, date]);
        expect(calendar.tradingDate(from.getTime() - 1)).not.toBe(date);
        expect(calendar.tradingDate(to.getTime())).not.toBe(date);
      }
    }
  });
});
