import { DAY_MS } from '@assay/primitives';
import fc from 'fast-check';
import { sameBits } from '../evaluator';
import { alignTrials, decodeTrialSeries, encodeTrialSeries } from './trial-series';

const trial = (configHash: string, times: number[]) => ({
  configHash,
  openTimeMs: Float64Array.from(times),
  returns: Float64Array.from(times, (t) => t / 10),
});

describe('trial series', () => {
  it('are cut to the bars that all have', () => {
    const { openTimeMs, trials, benchmark } = alignTrials(
      [trial('a', [1, 2, 3, 5, 8]), trial('b', [2, 3, 4, 5, 8, 9])],
      trial('', [1, 2, 3, 4, 5]),
    );
    expect([...openTimeMs]).toEqual([2, 3, 5]);
    for (const series of [...trials, benchmark]) expect([...series]).toEqual([0.2, 0.3, 0.5]);
  });

  it('may have nothing in common', () => {
    expect(alignTrials([trial('a', [1, 2])], trial('', [3])).openTimeMs.length).toBe(0);
  });

  it('come back from the ledger with the same bits', () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 50 }), (returns) => {
        const openTimeMs = Float64Array.from(returns, (_, i) => i * DAY_MS);
        const back = decodeTrialSeries(encodeTrialSeries({ openTimeMs, returns }));
        expect(sameBits(back.openTimeMs, openTimeMs)).toBe(true);
        expect(sameBits(back.returns, returns)).toBe(true);
      }),
    );
  });
});
