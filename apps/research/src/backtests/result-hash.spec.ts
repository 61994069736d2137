import { runBacktest } from '@assay/pipeline';
import { syntheticBars } from '../../../../libs/pipeline/src/fixtures/bars';
import { bollingerMomentum } from '../../../../libs/pipeline/src/fixtures/documents';
import { rerunOf, resultHash } from './result-hash';

const bars = syntheticBars(300, 2);
const run = (window: number) => runBacktest({ document: bollingerMomentum(window), bars });
const hashOfRun = (found: ReturnType<typeof run>, trades: any[] = []): string =>
  resultHash(found, [found.returns, found.positions, found.equity], trades);

describe('the hash of a result', () => {
  it('is the same for the same run, another for another bit or trade', () => {
    const hash = hashOfRun(run(20));
    expect(hashOfRun(run(20))).toBe(hash);
    expect(hashOfRun(run(21))).not.toBe(hash);
    const nudged = run(20);
    nudged.returns[7] = nudged.returns[7]! + 2 ** -60;
    expect(hashOfRun(nudged)).not.toBe(hash);
    expect(hashOfRun(run(20), [{ side: 'long' }])).not.toBe(hash);
  });
});

describe('a run that repeats another', () => {
  const request = { rerun_of: { id: 'a', fingerprint: 'f', result_hash: 'h' } };

  it('says whether bars and result are the same', () => {
    expect(rerunOf(request, 'f', 'h')).toEqual({ of: 'a', same_bars: true, same_result: true });
    expect(rerunOf(request, 'g', 'i')).toEqual({ of: 'a', same_bars: false, same_result: false });
    const unknown = { rerun_of: { ...request.rerun_of, result_hash: null } };
    expect(rerunOf(unknown, 'f', 'h')!.same_result).toBeNull();
    expect(rerunOf({}, 'f', 'h')).toBeUndefined();
  });
});
