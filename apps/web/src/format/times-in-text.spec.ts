import { timesInText } from './times-in-text';

describe('times in words of a service', () => {
  it('are told on a clock whose zone is named, with seconds where there are some', () => {
    const text = 'the newest bar closed 2024-05-14T20:00:00.000Z, and one is due 2024-05-14T20:00:30Z';
    expect(timesInText(text, 'America/New_York')).toBe(
      'the newest bar closed 2024-05-14 16:00 EDT, and one is due 2024-05-14 16:00:30 EDT',
    );
  });

  it('leave the date to a bar of a day, and everything that is no time as it is', () => {
    expect(timesInText('bar 2024-05-14T00:00:00Z', 'America/New_York')).toBe('bar 2024-05-14 00:00 UTC');
    expect(timesInText('2024-05-14, T20:00 and 1.5')).toBe('2024-05-14, T20:00 and 1.5');
    expect(timesInText('of 2024-99-99T20:00:00Z')).toBe('of 2024-99-99T20:00:00Z');
  });
});
