import { evidenceFile, type EvidenceFile } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { hashOf } from '@assay/primitives';
import { createRng } from '@assay/quant';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { evidenceFileOf } from '../fixtures/evidence-file';
import type { TrialSeries } from '../validation';
import {
  checkEvidence,
  contentTexts,
  newSigningKey,
  sectionHashes,
  signed,
  trialMarks,
  verifyEvidence,
  type Verification,
} from '.';
import { ContentBuilder } from './contents';
import { judgingCode } from './judging-code';

jest.mock('./judging-code', () => ({
  judgingCode: jest.fn(jest.requireActual<typeof import('./judging-code')>('./judging-code').judgingCode),
}));

const bars = syntheticBars(1000, 3, 0.002);
const rng = createRng(4);
const trials = (count: number): TrialSeries[] =>
  Array.from({ length: count }, (_, i) => ({
    configHash: `trial-${i}`,
    openTimeMs: bars.openTimeMs.slice(252),
    returns: Float64Array.from({ length: bars.openTimeMs.length - 252 }, () => 0.01 * rng.normal()),
    ...(i === 1 ? { benchmark: null } : {}),
  }));
const key = newSigningKey();
const file = evidenceFileOf({ document: volManagedSma200(), bars, ledger: trials(3), key });
const SERIES = new Map([[bars.symbol, bars]]);

/** A copy that may be changed, and what is said of it. */
const tampered = (change: (copy: EvidenceFile) => void, of = file): EvidenceFile => {
  const copy = structuredClone(of);
  change(copy);
  return copy;
};
const verify = (of: EvidenceFile, series: ReadonlyMap<string, BarColumns> = SERIES): Verification =>
  verifyEvidence(of, series, [key.publicKey]);
/** The same without judging again, for what is seen before. */
const check = (of: EvidenceFile, keys: readonly string[] = [key.publicKey]) => ({ findings: checkEvidence(of, keys) });
const told = ({ findings }: Pick<Verification, 'findings'>): string[] =>
  findings.map(({ part, message }) => `${part}: ${message}`);
/** Made to agree with itself again, and signed by whoever has another key. */
const resealed = (of: EvidenceFile, by = newSigningKey()): EvidenceFile =>
  tampered((copy) => {
    copy.record_sha256 = hashOf(copy.record);
    copy.judgement = signed(
      {
        ...copy.judgement.statement,
        record_sha256: copy.record_sha256,
        sections: sectionHashes(copy.record),
        trials: trialMarks(copy.record),
        key_id: by.keyId,
      },
      by,
    );
  }, of);

describe('evidence', () => {
  it('is a document of its schema, and is reproduced to the same hash', () => {
    expect(evidenceFile.read(JSON.parse(JSON.stringify(file))).problems).toEqual([]);
    const result = verify(file);
    expect(told(result)).toEqual([]);
    expect(result).toMatchObject({ outcome: 'verified', reproduced: file.record_sha256, notJudged: null });
    expect(JSON.parse(JSON.stringify(file.record.result))).toMatchObject({ verdicts: [{ policy: 'default' }, {}, {}] });
  });

  it('of a model that is fitted in the folds is reproduced, with a longer file of bars as well', () => {
    const document = logisticOnFactor();
    const longer = syntheticBars(1100, 3, 0.002);
    expect(longer.close[999]).toBe(bars.close[999]);
    const made = evidenceFileOf({ document, bars, ledger: trials(1), key });
    const result = verify(made, new Map([[bars.symbol, longer]]));
    expect(result).toMatchObject({ outcome: 'verified', reproduced: made.record_sha256, ignoredBars: 100 });
  });

  it.each(['open', 'high', 'low', 'close', 'volume'] as const)('names one changed bar and its field %s', (field) => {
    const column = bars[field].slice();
    column[517] = column[517]! + 0.01;
    const result = verify(file, new Map([[bars.symbol, { ...bars, [field]: column }]]));
    expect(result).toMatchObject({ outcome: 'refuted', reproduced: null });
    const at = new Date(bars.openTimeMs[517]!).toISOString();
    expect(told(result)[0]).toBe(`bars: bars of ${bars.symbol}: the bar of ${at} changed in ${field}`);
    expect(result.notJudged).toContain(at);
  });

  it('names one changed trial: its returns, and its place in the ledger', () => {
    const [first, second] = file.record.trials.ledger;
    const other = new ContentBuilder();
    const changed = other.add(Float64Array.from({ length: first!.observations }, () => 0.001));
    const bytes = contentTexts(other.contents)[changed]!;
    const swapped = verify(tampered(({ content }) => void (content[first!.returns] = bytes)));
    expect(told(swapped)).toEqual([
      `trials: trial 1 (trial-0): its returns must hash to ${first!.returns}, was ${changed}`,
    ]);
    const named = check(
      tampered((copy) => {
        copy.content[changed] = bytes;
        copy.record.trials.ledger[1]!.returns = changed;
      }),
    );
    expect(told(named)).toContain('trials: trial 2 (trial-1) is not one of those that were signed');
    const gone = verify(tampered(({ record }) => void record.trials.ledger.splice(1, 1)));
    expect(gone.outcome).toBe('refuted');
    expect(told(gone)).toContain('trials: trial 2 of those that were signed is missing or changed');
    expect(told(gone)).toContain('trials: the ledger must have 3 trials beside the candidate, had 2');
    expect(second!.benchmark).toBeNull();
  });

  it('names another seed, whichever it is', () => {
    const audits = verify(tampered(({ record }) => void (record.seeds.audits = 2)));
    expect(told(audits)).toContain('seeds: the seed of the audits must be 1, was 2');
    expect(told(audits).some((line) => line.startsWith('result: judged again: result look_ahead.seed'))).toBe(true);
    const drawn = check(tampered(({ record }) => void (record.seeds.benchmark.seed = 7)));
    expect(told(drawn)).toContain("seeds: the seed of the benchmark test must be the policy's, 1, was 7");
    const model = check(tampered(({ record }) => void (record.seeds.model = 9)));
    expect(told(model)).toContain("seeds: the seed of the model must be the strategy's, null, was 9");
    // signed as it is, by whoever: it is not what the policy asks for
    const own = check(resealed(tampered(({ record }) => void (record.seeds.audits = 2))), []);
    expect(told(own)).toEqual(['seeds: the seed of the audits must be 1, was 2']);
  });

  it('names another version of the code, and says that all else came out the same', () => {
    const other = 'c'.repeat(64);
    const running = judgingCode();
    // once for the check, once for the record that is made anew
    jest.mocked(judgingCode).mockReturnValueOnce(other).mockReturnValueOnce(other);
    const result = verify(file);
    expect(told(result)).toEqual([`code: the code that judged must be this one, ${other}, was ${running}`]);
    expect(result.outcome).toBe('other_code');
    expect(result.reproduced).not.toBe(file.record_sha256);
    const stated = check(tampered(({ record }) => void (record.code = other)));
    expect(told(stated)).toContain(`code: the code that judged must be this one, ${running}, was ${other}`);
  });

  it('names a verdict that the inputs do not give, though somebody signed it', () => {
    const rosy = resealed(
      tampered(({ record }) => {
        const [first] = record.result.verdicts;
        first!.passed = true;
        first!.gates.find(({ gate }) => gate === 'benchmark_p')!.passed = true;
      }),
    );
    const trusting = verifyEvidence(rosy, SERIES, []);
    expect(trusting.outcome).toBe('refuted');
    expect(told(trusting)).toContain('result: judged again: result verdicts[0].passed must be false, was true');
    expect(told(check(rosy))).toContainEqual(expect.stringMatching(/^signature: the judgement must be signed by /));
  });

  it('reproduces a judgement with the look at a locked holdout, and names a look that was changed', () => {
    const looked = { sharpe: 0.8, bars: 120, from: '2024-01-02', to: '2024-06-20' };
    const seen = evidenceFileOf({ document: volManagedSma200(), bars, ledger: trials(3), key, looked });
    const gateOf = ({ record }: EvidenceFile) =>
      record.result.verdicts
        .find(({ policy }) => policy === 'strict')!
        .gates.find(({ gate }) => gate === 'holdout_sharpe');
    expect(gateOf(seen)).toMatchObject({ passed: true, value: 0.8 });
    expect(verify(seen)).toMatchObject({ outcome: 'verified', reproduced: seen.record_sha256 });
    const better = tampered(({ record }) => void (record.holdout.looked!.sharpe = 1.8), seen);
    expect(told(check(better))).toContainEqual(
      expect.stringMatching(/^holdout: what is known of a locked holdout changed since it was signed/),
    );
    expect(verify(resealed(better)).outcome).toBe('refuted');
  });

  it('names a changed strategy, policy, quality report and model', () => {
    const costs = check(
      tampered(({ record }) => void ((record.strategy.document.costs as { fee_bps: number }).fee_bps = 0)),
    );
    expect(told(costs)).toContainEqual(expect.stringMatching(/^strategy: the strategy must hash to /));
    const policy = check(
      tampered(
        ({ record }) =>
          void ((record.policies[0] as unknown as { gates: Record<string, number> }).gates.benchmark_p = 0.5),
      ),
    );
    expect(told(policy)).toContain(
      'policies: policy default is another than here: gates.benchmark_p must be 0.05, was 0.5',
    );
    const quality = check(tampered(({ record }) => void (record.quality!.unacknowledged = ['gap'])));
    expect(told(quality)).toContainEqual(
      expect.stringMatching(/^quality: the quality report changed since it was signed/),
    );
    const model = check(tampered(({ record }) => void (record.artifact = 'a'.repeat(64))));
    expect(told(model)).toContain(`artifact: the model must be the strategy's, none, was ${'a'.repeat(64)}`);
  });

  it('names a signature that is not of the statement, or of another key', () => {
    const forged = check(
      tampered(({ judgement }) => void (judgement.statement.judged_at = '2030-01-01T00:00:00.000Z')),
    );
    expect(told(forged)).toEqual([`signature: the judgement is not as it was signed by ${key.keyId}`]);
    const other = check(file, [newSigningKey().publicKey]);
    expect(told(other)).toEqual([
      expect.stringMatching(new RegExp(`must be signed by [0-9a-f]{64}, was by ${key.keyId}`)),
    ]);
    expect(told(check(file, [newSigningKey().publicKey, key.publicKey]))).toEqual([]);
  });

  it('names bars that are missing, that were added, and a column that is not there', () => {
    const none = verify(file, new Map());
    expect(told(none)).toEqual([`bars: bars of ${bars.symbol}: none were given`]);
    const cut = (column: Float64Array): Float64Array => column.filter((_, i) => i !== 400);
    const { openTimeMs, open, high, low, close, volume, extra } = bars;
    const shorter: BarColumns = {
      ...bars,
      ...{ openTimeMs: cut(openTimeMs), open: cut(open), high: cut(high), low: cut(low) },
      ...{ close: cut(close), volume: cut(volume) },
      extra: Object.fromEntries(Object.entries(extra).map(([name, column]) => [name, cut(column)])),
    };
    const missing = verify(file, new Map([[bars.symbol, shorter]]));
    const at = new Date(openTimeMs[400]!).toISOString();
    expect(told(missing)[0]).toBe(`bars: bars of ${bars.symbol}: the bar of ${at} is missing`);
    if (Object.keys(extra).length > 0) {
      const bare = verify(file, new Map([[bars.symbol, { ...bars, extra: {} }]]));
      expect(told(bare)[0]).toMatch(/the column factor is missing$/);
    }
  });
});
