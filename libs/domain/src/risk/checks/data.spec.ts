import { checkData } from './data';

const CLOSE = Date.UTC(2026, 0, 5, 21);
const given = { lastCloseMs: CLOSE, expectedCloseMs: CLOSE, nowMs: CLOSE };

describe('the data check', () => {
  it('takes the bar that has closed last, at the instant of its close', () => {
    expect(checkData(given).record).toEqual({
      check: 'data',
      passed: true,
      code: null,
      actual: '2026-01-05T21:00:00.000Z',
      limit: '2026-01-05T21:00:00.000Z',
    });
  });

  it('rejects an older bar and one that is still open', () => {
    expect(checkData({ ...given, lastCloseMs: CLOSE - 1 })).toMatchObject({
      record: { passed: false, code: 'stale_data' },
      onFailure: 'rejected',
    });
    expect(checkData({ ...given, nowMs: CLOSE - 1 }).record.code).toBe('bar_not_closed');
  });

  it('holds where there is no bar', () => {
    expect(checkData({ ...given, lastCloseMs: null })).toMatchObject({
      record: { passed: false, code: 'insufficient_data', actual: null },
      onFailure: 'hold',
    });
  });
});
