import { DECISIONS } from '@assay/domain';
import { summaryOf } from './generate-signals.job';

describe('summaryOf', () => {
  it('counts every bar once by the target in force, and each change of it', () => {
    const signals = Float64Array.of(NaN, NaN, 1, 1, 0, -1, -1);
    const decisions = Uint8Array.from(signals, (_, i) => DECISIONS.indexOf(i === 3 ? 'no_signal' : 'target'));
    expect(summaryOf(signals, decisions)).toEqual({
      bars: 7,
      before_first: 2,
      long: 2,
      flat: 1,
      short: 2,
      no_signal: 1,
      changes: 3,
    });
  });

  it('sees no change from no target to flat', () => {
    expect(summaryOf(Float64Array.of(NaN, 0, 0), Uint8Array.of(0, 0, 0))).toMatchObject({ flat: 2, changes: 0 });
  });
});
