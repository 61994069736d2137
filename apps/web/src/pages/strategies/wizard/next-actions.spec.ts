import { nextActions } from './next-actions';

const outcome = { made: true, judged: true, failed: false, passes: true, promoted: false };

describe('what is offered under the result', () => {
  it('is to wait while a validation still runs, also where an earlier version has passed', () => {
    expect(nextActions({ ...outcome, judged: false })).toEqual(['wait', 'open']);
    expect(nextActions({ ...outcome, judged: false, promoted: true })).toEqual(['wait', 'open']);
    expect(nextActions({ ...outcome, judged: false, failed: true })).toEqual(['open']);
    expect(nextActions({ ...outcome, made: false, judged: false })).toEqual([]);
  });

  it('is to promote what passes, and to deploy only what was promoted', () => {
    expect(nextActions(outcome)).toEqual(['promote', 'change', 'open']);
    expect(nextActions({ ...outcome, promoted: true })[0]).toBe('deploy');
    for (const passes of [true, false]) expect(nextActions({ ...outcome, passes })).not.toContain('deploy');
  });

  it('is to see why where nothing passes', () => {
    expect(nextActions({ ...outcome, passes: false })).toEqual(['why', 'change', 'sweep', 'open']);
  });
});
