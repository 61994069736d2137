import type { Timeframe } from '@assay/contracts';
import { sendTime } from './send-time';

const at = (market: string, timeframe: Timeframe, decided: string, { paper = true, urgent = false } = {}): string =>
  new Date(sendTime({ market, timeframe, paper }, Date.parse(decided), urgent)).toISOString();

describe('when an order is sent', () => {
  it('of daily bars it reaches the paper venue before the session that it is to open with', () => {
    expect(at('US', '1d', '2024-06-07T20:00:12Z')).toBe('2024-06-10T13:25:00.000Z');
    expect(at('US', '1d', '2024-06-03T15:00:00Z')).toBe('2024-06-04T13:25:00.000Z');
  });

  it('at a live venue it is sent when the market opens', () => {
    expect(at('US', '1d', '2024-06-07T20:00:12Z', { paper: false })).toBe('2024-06-10T13:30:00.000Z');
  });

  it('is sent at once while the market trades, and where it never closes', () => {
    expect(at('US', '1h', '2024-06-03T15:30:05Z')).toBe('2024-06-03T15:30:05.000Z');
    expect(at('CRYPTO', '1d', '2024-06-03T00:00:05Z')).toBe('2024-06-03T00:00:05.000Z');
    expect(at('FX', '1d', '2024-06-03T21:00:05Z')).toBe('2024-06-03T21:00:05.000Z');
    expect(at('US', '1d', '2024-06-03T15:30:05Z', { urgent: true })).toBe('2024-06-03T15:30:05.000Z');
  });

  it('waits for the evening where a session begins on its eve, over a weekend too', () => {
    expect(at('CME', '1d', '2024-06-03T21:00:05Z')).toBe('2024-06-03T21:55:00.000Z');
    expect(at('CME', '1h', '2024-06-07T21:00:05Z')).toBe('2024-06-09T21:55:00.000Z');
    expect(at('FX', '1d', '2024-06-07T21:00:05Z')).toBe('2024-06-09T20:55:00.000Z');
  });

  it('decided at lunch it goes to the opening after lunch, decided at the end of a half day to the next session', () => {
    expect(at('HK', '1h', '2024-03-11T04:00:00Z')).toBe('2024-03-11T04:55:00.000Z');
    expect(at('US', '5m', '2023-11-24T18:00:00Z')).toBe('2023-11-27T14:25:00.000Z');
  });

  it('is never due before it was decided', () => {
    expect(at('US', '1d', '2024-06-04T13:28:00Z')).toBe('2024-06-04T13:28:00.000Z');
    expect(at('HK', '1h', '2024-03-11T04:58:00Z')).toBe('2024-03-11T04:58:00.000Z');
  });
});
