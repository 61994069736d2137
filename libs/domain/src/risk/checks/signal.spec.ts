import { checkSignal, isDiscrete } from './signal';

describe('the signal check', () => {
  it.each([-1, 0, 1])('takes %d', (signal) => {
    expect(checkSignal(signal).record).toMatchObject({ passed: true, code: null, actual: signal });
  });

  it.each([0.5, 2, NaN, Infinity])('rejects %d', (signal) => {
    expect(checkSignal(signal)).toMatchObject({
      record: { passed: false, code: 'invalid_signal', actual: signal },
      onFailure: 'rejected',
    });
  });

  it('finds no fault in none, and no signal in what is no number', () => {
    expect(checkSignal(null).record).toMatchObject({ passed: true, code: 'insufficient_data' });
    expect(['1', null, undefined, true].map(isDiscrete)).toEqual([false, false, false, false]);
  });
});
