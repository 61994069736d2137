import { formatDistance, formatDuration, formatTime } from './time';

describe('times for reading', () => {
  it('stands on the wall clock of the zone, daylight saving included', () => {
    const summer = '2024-07-01T20:00:00Z';
    expect(formatTime(summer, { zone: 'America/New_York' })).toBe('2024-07-01 16:00');
    expect(formatTime('2024-01-02T21:00:00Z', { zone: 'America/New_York' })).toBe('2024-01-02 16:00');
    expect(formatTime(summer, { zone: 'Asia/Hong_Kong', detail: 'second' })).toBe('2024-07-02 04:00:00');
    expect(formatTime(summer, { zone: 'UTC', detail: 'date' })).toBe('2024-07-01');
  });

  it('writes midnight as 00:00', () => {
    expect(formatTime('2024-07-01T00:00:00Z', { zone: 'UTC' })).toBe('2024-07-01 00:00');
  });

  it('shows a dash for no time and for no real one', () => {
    expect(formatTime(null)).toBe('–');
    expect(formatTime('yesterday')).toBe('–');
  });

  it('says durations in their two largest units', () => {
    expect(formatDuration(400)).toBe('0.4 s');
    expect(formatDuration(65_000)).toBe('1 min 5 s');
    expect(formatDuration(2 * 86_400_000 + 3 * 3_600_000 + 59_000)).toBe('2 d 3 h');
    expect(formatDuration(3_600_000)).toBe('1 h');
  });

  it('says distances forth and back', () => {
    expect(formatDistance(3 * 3_600_000, 0)).toBe('in 3 h');
    expect(formatDistance(0, 2 * 86_400_000)).toBe('2 d ago');
    expect(formatDistance(0, 30_000)).toBe('now');
  });
});
