import { isoOrNull, timeText } from './formats';

const MINUTE = 60_000;

describe('times as text', () => {
  it('are a date at midnight and a time within the day', () => {
    expect([timeText(86_400_000), timeText(86_400_000 + MINUTE)]).toEqual(['1970-01-02', '1970-01-02T00:01:00.000Z']);
  });

  it('are null where there is none', () => {
    expect([isoOrNull(0), isoOrNull(null)]).toEqual(['1970-01-01T00:00:00.000Z', null]);
  });
});
