import { checkStopLoss } from './stop-loss-check';

const outcome = { forced: false, fired: false, latch: null, lossPct: 1 / 3 };

describe('the record of the stop', () => {
  it('shows the loss to six places', () => {
    expect(checkStopLoss(outcome, 5).record).toEqual({
      check: 'stop_loss',
      passed: true,
      code: null,
      actual: 0.333333,
      limit: 5,
    });
    expect(checkStopLoss({ ...outcome, lossPct: null }, 5).record.actual).toBeNull();
  });

  it('names the level of the strategy that fired, and its price', () => {
    const reached = { reason: 'trailing_stop', level: 95.5 } as const;
    expect(checkStopLoss({ ...outcome, forced: true, fired: true, reached }, null).record).toMatchObject({
      passed: false,
      code: 'trailing_stop',
      limit: 95.5,
    });
  });

  it('tells a stop that fires from one that fired before, and refuses the run for neither', () => {
    const forced = { ...outcome, forced: true, latch: { signal: 1, atMs: 1 } as const };
    expect(checkStopLoss({ ...forced, fired: true }, 5)).toMatchObject({
      record: { passed: false, code: 'stop_loss' },
      onFailure: 'hold',
    });
    expect(checkStopLoss(forced, 5).record.code).toBe('stop_latched');
  });
});
