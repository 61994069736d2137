import { nextTick } from './schedules';

describe('nextTick', () => {
  it('follows the zone of the cron expression through the change to summer time', () => {
    const rule = { cron: '0 0 16 * * *', tz: 'America/New_York' };
    expect(nextTick(rule, new Date('2026-03-07T12:00:00Z')).toISOString()).toBe('2026-03-07T21:00:00.000Z');
    expect(nextTick(rule, new Date('2026-03-08T12:00:00Z')).toISOString()).toBe('2026-03-08T20:00:00.000Z');
  });

  it('is strictly later', () => {
    const at = new Date('2026-01-01T16:00:00Z');
    expect(nextTick({ cron: '0 0 16 * * *' }, at).toISOString()).toBe('2026-01-02T16:00:00.000Z');
    expect(nextTick({ everyMs: 1000 }, at).getTime()).toBe(at.getTime() + 1000);
  });

  it.each([
    [{ cron: 'now and then' }, 'cron'],
    [{ cron: '0 0 16 * * *', tz: 'Mars/Base' }, 'cron'],
    [{ everyMs: 0 }, 'everyMs'],
    [{}, 'everyMs'],
  ])('refuses %j and names the field', (rule, field) => {
    expect(() => nextTick(rule, new Date())).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }) as Error,
    );
  });
});
