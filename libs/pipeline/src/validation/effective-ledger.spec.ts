import { effectiveTrials } from '@assay/quant';
import { effectiveOfLedger } from './effective-ledger';

const wave = (bars: number, step: number, from = 0) => ({
  openTimeMs: Float64Array.from({ length: bars }, (_, i) => (i + from) * 1000),
  returns: Float64Array.from({ length: bars }, (_, i) => Math.sin((i + from) * step)),
});

describe('the effective size of a ledger', () => {
  it('is found on the bars that all trials have', () => {
    const trials = [wave(40, 0.7), wave(40, 1.9, 10), wave(40, 0.7, 10)];
    const cut = trials.map(({ openTimeMs, returns }) =>
      returns.filter((_, i) => openTimeMs[i]! >= 10_000 && openTimeMs[i]! < 40_000),
    );
    expect(effectiveOfLedger(trials)).toEqual({ ...effectiveTrials(cut), bars: 30 });
    expect(effectiveOfLedger([trials[0]!, trials[2]!])).toMatchObject({ raw: 2, clustered: 1, bars: 30 });
  });

  it('is not known without trials, or where they share no bars', () => {
    expect(effectiveOfLedger([])).toBeNull();
    expect(effectiveOfLedger([wave(10, 1), wave(10, 1, 20)])).toBeNull();
  });
});
