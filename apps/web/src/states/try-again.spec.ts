import { tryAgain } from './try-again';

describe('what may be away for a while', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is asked for until it comes', async () => {
    const load = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue('there');
    const got = tryAgain(load);
    await jest.advanceTimersByTimeAsync(500);
    await expect(got).resolves.toBe('there');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is given up as soon as the last try has failed', async () => {
    const began = Date.now();
    const load = jest.fn().mockRejectedValue(new Error('away'));
    const ended = tryAgain(load).catch((error: Error) => [error.message, Date.now() - began]);
    await jest.runAllTimersAsync();
    expect(await ended).toEqual(['away', 3_500]);
    expect(load).toHaveBeenCalledTimes(4);
    expect(jest.getTimerCount()).toBe(0);
  });
});
