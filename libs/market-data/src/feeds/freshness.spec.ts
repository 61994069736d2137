import { calendarFor } from '../calendars';
import { expectedBar, freshnessOf } from './freshness';
import { holesOf } from './holes';

const us = calendarFor('US');
const hk = calendarFor('HK');
const crypto = calendarFor('CRYPTO');
const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the newest bar that has closed by the calendar', () => {
  it.each([
    [us, '1d', '2026-11-25T20:59:59Z', '2026-11-24T00:00:00.000Z'],
    [us, '1d', '2026-11-25T21:00:00Z', '2026-11-25T00:00:00.000Z'],
    // Thanksgiving, and the half day after it
    [us, '1d', '2026-11-26T22:00:00Z', '2026-11-25T00:00:00.000Z'],
    [us, '1d', '2026-11-27T18:00:00Z', '2026-11-27T00:00:00.000Z'],
    [us, '1h', '2026-11-27T18:00:00Z', '2026-11-27T17:30:00.000Z'],
    [us, '1h', '2026-11-30T15:29:00Z', '2026-11-27T17:30:00.000Z'],
    // clocks went back on the first of November
    [us, '1h', '2026-10-30T14:30:00Z', '2026-10-30T13:30:00.000Z'],
    [us, '1h', '2026-11-02T15:30:00Z', '2026-11-02T14:30:00.000Z'],
    [hk, '1h', '2026-11-25T05:00:00Z', '2026-11-25T03:30:00.000Z'],
    [hk, '1d', '2026-11-24T23:00:00Z', '2026-11-24T00:00:00.000Z'],
    [crypto, '1h', '2026-11-29T00:00:00Z', '2026-11-28T23:00:00.000Z'],
    [crypto, '1d', '2026-11-29T00:00:00Z', '2026-11-28T00:00:00.000Z'],
  ] as const)('of %p %s at %s opened %s', (calendar, timeframe, now, expected) => {
    expect(iso(expectedBar(calendar, timeframe, at(now))!.openMs)).toBe(expected);
  });
});

describe('a series', () => {
  const late = (lastBar: string | null, now: string, delayMs = 60_000): number =>
    freshnessOf(us, '1d', { lastBarMs: lastBar === null ? null : at(lastBar), delayMs, nowMs: at(now) }).lateByMs;

  it('is late by the time since the feed should have had its newest bar', () => {
    expect(late('2026-11-24', '2026-11-25T21:00:30Z')).toBe(0);
    expect(late('2026-11-24', '2026-11-25T21:03:00Z')).toBe(120_000);
    expect(late('2026-11-25', '2026-11-25T21:03:00Z')).toBe(0);
    expect(late(null, '2026-11-25T21:03:00Z')).toBe(120_000);
  });

  it('has holes where sessions have no bar, none on holidays', () => {
    const days = (...dates: string[]): Float64Array => Float64Array.from(dates, (date) => at(date));
    const shown = holesOf(days('2026-11-19', '2026-11-24', '2026-11-27', '2026-12-01'), us, '1d').map(
      ({ fromMs, toMs }) => [iso(fromMs).slice(0, 10), iso(toMs - 1).slice(0, 10)],
    );
    expect(shown).toEqual([
      ['2026-11-20', '2026-11-23'],
      ['2026-11-25', '2026-11-25'],
      ['2026-11-30', '2026-11-30'],
    ]);
    const hours = Float64Array.of(...[9, 10, 12, 13].map((hour) => at('2026-11-25T00:00:00Z') + hour * 3_600_000));
    expect(holesOf(hours, crypto, '1h').map(({ fromMs }) => iso(fromMs))).toEqual(['2026-11-25T11:00:00.000Z']);
    expect(holesOf(hours.subarray(0, 1), crypto, '1h')).toEqual([]);
  });
});

describe('a daily bar of each market', () => {
  // closes of Wednesday, 15 May 2024, by the hours that the exchanges publish, in UTC
  it.each([
    ['GB', '15:30'],
    ['DE', '15:30'],
    ['EU', '15:30'],
    ['JP', '06:00'],
    ['CME', '21:00'],
    ['FX', '21:00'],
  ])('of %s is expected from %s on, and not before', (market, close) => {
    const closeMs = Date.parse(`2024-05-15T${close}:00Z`);
    const lastBarMs = Date.parse('2024-05-14');
    const at = (nowMs: number) => freshnessOf(calendarFor(market), '1d', { lastBarMs, delayMs: 60_000, nowMs });
    expect(at(closeMs - 1)).toMatchObject({ isFresh: true, expected: { openMs: lastBarMs } });
    expect(at(closeMs + 59_999)).toMatchObject({ isFresh: true });
    expect(at(closeMs + 61_000)).toMatchObject({ isFresh: false, expected: { openMs: Date.parse('2024-05-15') } });
  });
});
