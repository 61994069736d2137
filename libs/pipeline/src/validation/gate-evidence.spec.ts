import { buyAndHoldReturns, createRng, expectedMaxOfN, probabilisticSharpe, sampleStd } from '@assay/quant';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor, volManagedSma200 } from '../fixtures/documents';
import { configHash } from '../hash';
import { sweepOf } from '../fixtures/sweep-of';
import { buildGateEvidence, ledgerSeries, runCpcv, runWalkForward, type TrialSeries } from '.';

const bars = syntheticBars(1000, 3, 0.002);
const document = volManagedSma200();
const openTimeMs = bars.openTimeMs.slice(252);
const rng = createRng(4);
const ledger = Array.from({ length: 11 }, (_, i): TrialSeries => {
  const returns = Float64Array.from(openTimeMs, () => 0.01 * rng.normal());
  return { configHash: `trial ${i}`, openTimeMs, returns };
});
const quality = { errors: 0, warnings: 0, unacknowledged: 0 };
const base = { document, bars, quality, draws: 500 };

describe('gate evidence of a searched strategy', () => {
  const found = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger });

  it('counts the candidate and every trial once', () => {
    expect(found.evidence.dsr!.nRaw).toBe(12);
    expect(found.evidence.pbo).toMatchObject({ n: 12, value: expect.any(Number), lossProbability: expect.any(Number) });
    const again = [...ledger, ledger[3]!, { ...found.candidate, returns: found.candidate.returns.map((r) => r / 2) }];
    const same = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: again });
    expect(same.evidence).toEqual(found.evidence);
  });

  it('tells where the logits of PBO lie beside the evidence, which is signed without them', () => {
    const { counts, splits } = found.pboLogits!;
    expect(splits).toBe(12_870);
    expect(counts.slice(0, 13).reduce((sum, count) => sum + count, 0) / splits).toBe(found.evidence.pbo!.value);
    expect(Object.keys(found.evidence.pbo!)).toEqual(['n', 'value', 'lossProbability']);
    expect(buildGateEvidence({ ...base, ledger: [] }).pboLogits).toBeNull();
  });

  it('knows the candidate by another key when told', () => {
    const own = { ...found.candidate, configHash: 'trial 0' };
    const told = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger, candidateHash: own.configHash });
    expect(told.candidate.configHash).toBe('trial 0');
    expect(told.evidence.dsr!.nRaw).toBe(11);
  });

  it('deflates by the variance of the ledger, at least by that of chance', () => {
    const perBar = [found.candidate, ...ledger].map(({ returns }) => {
      const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
      return mean / sampleStd(returns);
    });
    const variance = Math.max(sampleStd(Float64Array.from(perBar)) ** 2, 1 / openTimeMs.length);
    const star = Math.sqrt(variance) * expectedMaxOfN(12);
    expect(found.evidence.dsr!.sharpeStar).toBeCloseTo(star, 12);
    const worst = Math.min(...found.cpcv!.paths.map(({ returns }) => probabilisticSharpe(returns, star)!));
    expect(found.evidence.dsr!.value).toBeCloseTo(worst, 12);

    const twins = Array.from({ length: 11 }, (_, i) => ({ ...found.candidate, configHash: `twin ${i}` }));
    const alike = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: twins });
    expect(alike.evidence.dsr!.sharpeStar).toBeCloseTo(expectedMaxOfN(12) / Math.sqrt(openTimeMs.length), 12);
    expect(alike.evidence.dsr!.nEffectiveRange[0]).toBe(1);
  });

  it('counts trials that were made elsewhere in every number of trials, as like no other', () => {
    const outside = { ...base, walkForward: 'run', cpcv: 'run', ledger, outsideTrials: 100, strict: true } as const;
    const { evidence, verdicts } = buildGateEvidence(outside);
    const { evidence: before } = buildGateEvidence({ ...outside, outsideTrials: 0 });
    expect(before).not.toHaveProperty('outsideTrials');
    expect(evidence.outsideTrials).toBe(100);
    expect(evidence.dsr!.nRaw).toBe(112);
    expect(evidence.dsr!.nEffectiveRange).toEqual(before.dsr!.nEffectiveRange.map((n) => n + 100));
    expect(evidence.dsr!.sharpeStar! / before.dsr!.sharpeStar!).toBeCloseTo(
      expectedMaxOfN(112) / expectedMaxOfN(12),
      12,
    );
    expect(evidence.benchmark).toMatchObject({ trials: 112, activeTrials: 12, unusableTrials: 100 });
    expect(evidence.benchmark!.jointP).toBeGreaterThan(before.benchmark!.jointP!);
    expect(evidence.realityCheck!.p).toBe(Math.min(1, 101 * before.realityCheck!.p!));
    expect(evidence.spa!.p).toBe(Math.min(1, 101 * before.spa!.p!));
    // what has no series is in no test of series
    expect(evidence.pbo).toEqual(before.pbo);
    const gate = verdicts
      .find(({ policy }) => policy === 'default')!
      .gates.find(({ gate: name }) => name === 'benchmark_p')!;
    expect(gate).toMatchObject({
      threshold: 0.03,
      why: expect.stringContaining('112 trials, 100 of them declared as made elsewhere counted'),
    });
  });

  it('repeats the selection in every fold and shows it', () => {
    expect(found.reselection!.walkForward!.folds.length).toBe(5);
    expect(found.reselection!.cpcv!.folds.length).toBe(15);
    expect(found.reselection!.walkForward!.meanIs!).toBeGreaterThan(found.reselection!.walkForward!.meanOos!);
  });

  it('shows the deflated Sharpe at the count of all the owner’s trials', () => {
    const shown = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger, ownerTrials: 500 });
    expect(shown.evidence).toEqual(found.evidence);
    expect(shown.dsrAtOwnerTrials!).toBeLessThan(found.evidence.dsr!.value!);
    expect(found.dsrAtOwnerTrials).toBeNull();
  });

  it('holds the Reality Check and SPA when asked, net of the market', () => {
    const strict = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger, strict: true });
    expect(strict.evidence.realityCheck!.p!).toBeGreaterThan(0);
    expect(strict.evidence.spa!.p!).toBeGreaterThan(0);
    const { realityCheck: _, spa: __, ...rest } = strict.evidence;
    expect(rest).toEqual(found.evidence);
    const market = { configHash: 'market', openTimeMs, returns: buyAndHoldReturns(bars.close).slice(252) };
    const levered = { ...market, configHash: 'levered', returns: market.returns.map((r) => 3 * r) };
    const drift = buildGateEvidence({
      ...base,
      walkForward: 'run',
      cpcv: 'run',
      ledger: [market, levered],
      strict: true,
    });
    const alone = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: [], strict: true });
    expect(drift.evidence.realityCheck!.p).toBeCloseTo(alone.evidence.realityCheck!.p!, 2);
  });

  it('asks whether it beats its benchmark on its own bars, whatever bars the other trials have', () => {
    const alone = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: [] });
    const short = { ...ledger[0]!, openTimeMs: openTimeMs.slice(600), returns: ledger[0]!.returns.slice(600) };
    const { benchmark } = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: [short] }).evidence;
    expect(benchmark!.t).toEqual(alone.evidence.benchmark!.t);
    expect(benchmark).toMatchObject({ trials: 2, activeTrials: 2, seed: 1, draws: 500 });
  });

  it('holds a trial against the benchmark of its own bars, and counts one that has none', () => {
    const other = { openTimeMs, returns: ledger[1]!.returns };
    const on = (benchmark: TrialSeries['benchmark']) =>
      buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: [{ ...ledger[1]!, benchmark }] }).evidence
        .benchmark!;
    // a copy of its own benchmark can win nothing
    expect(on(other)).toMatchObject({ trials: 2, activeTrials: 1, unusableTrials: 0 });
    expect(on(undefined)).toMatchObject({ trials: 2, activeTrials: 2, unusableTrials: 0 });
    expect(on(null)).toMatchObject({ trials: 2, activeTrials: 1, unusableTrials: 1 });
  });

  it('names bars that are made up', () => {
    const made = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger, synthetic: ['A'] });
    expect(made.evidence.synthetic).toEqual(['A']);
    expect(found.evidence).not.toHaveProperty('synthetic');
  });

  it('judges overfitting on the bars that all trials have', () => {
    const short = ledger.map((trial) => ({
      ...trial,
      openTimeMs: openTimeMs.slice(300),
      returns: trial.returns.slice(300),
    }));
    const { evidence } = buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: short });
    expect(evidence.enough!.pboBlockBars).toBe(Math.floor((openTimeMs.length - 300) / 16));
  });
});

describe('gate evidence', () => {
  const sections = (found: ReturnType<typeof buildGateEvidence>) => {
    const { walkForward, cpcv, dsr, benchmark } = found.evidence;
    return { walkForward: walkForward !== null, cpcv: cpcv !== null, dsr: dsr !== null, benchmark: benchmark !== null };
  };

  it('leaves out what has not run, and no policy that needs it passes or fails for it', () => {
    const found = buildGateEvidence({ ...base, walkForward: 'run', ledger: [] });
    expect(sections(found)).toEqual({ walkForward: true, cpcv: false, dsr: false, benchmark: true });
    const gates = found.verdicts.find(({ policy }) => policy === 'default')!.gates;
    expect(gates.find(({ gate }) => gate === 'cpcv_sharpe')!.passed).toBeNull();
    expect(gates.find(({ gate }) => gate === 'probabilistic_sharpe')!.passed).not.toBeNull();
  });

  it('takes no validation as evidence that has another layout than the policies', () => {
    const walkForward = runWalkForward({ document, bars, layout: { folds: 8, ratio: 4 } });
    const cpcv = runCpcv({ document, bars, layout: { groups: 4, testGroups: 1 } });
    expect(sections(buildGateEvidence({ ...base, walkForward, cpcv, ledger: [] }))).toMatchObject({
      walkForward: false,
      cpcv: false,
    });
    const late = runWalkForward({ document, bars, options: { start: '2011-06-01' } });
    expect(sections(buildGateEvidence({ ...base, walkForward: late, ledger: [] })).walkForward).toBe(false);
  });

  it('takes completed validations as they are', () => {
    const walkForward = runWalkForward({ document, bars });
    const cpcv = runCpcv({ document, bars });
    const given = buildGateEvidence({ ...base, walkForward, cpcv, ledger: [] });
    expect(given.evidence).toEqual(
      buildGateEvidence({ ...base, walkForward: 'run', cpcv: 'run', ledger: [] }).evidence,
    );
  });

  it('judges a model by its median path, and not before there is one', () => {
    const recipe = logisticOnFactor();
    const seldom = { ...recipe.model, refit: { every: 252, min_train: 252 } } as typeof recipe.model;
    const model = { ...base, document: { ...recipe, model: seldom } };
    const { candidate, cpcv } = buildGateEvidence({ ...model, walkForward: 'run', cpcv: 'run', ledger: [] });
    expect(sameBits(candidate.returns, cpcv!.paths[cpcv!.medianPath]!.returns)).toBe(true);
    expect(sections(buildGateEvidence({ ...model, walkForward: 'run', ledger: [] }))).toMatchObject({
      dsr: false,
      benchmark: false,
    });
    const kept = ledgerSeries({ document: model.document, bars });
    expect(kept.configHash).toBe(configHash(model.document));
    expect(sameBits(kept.returns, candidate.returns)).toBe(true);
  });

  it('keeps the same series in the ledger of a sweep', () => {
    const params = [{ path: 'model.params.l2', values: [1] }];
    const options = { scoreFrom: 252 };
    const sweep = sweepOf({ document: logisticOnFactor(), params, bars, options, withSeries: true });
    expect(sameBits(sweep.returns[0]!, ledgerSeries({ document: logisticOnFactor(), bars }).returns)).toBe(true);
  });
});
