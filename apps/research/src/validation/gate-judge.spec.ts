import type { PolicyName, PolicyVerdict } from '@assay/contracts';
import type { GateEvidenceOutcome } from '@assay/pipeline';
import type { JobContext } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import { madeBacktest, madeOutcome } from '../../test/made-backtest';
import { madeRules } from '../../test/made-rules';
import { madeStrategy } from '../../test/made-strategy';
import { atOnce, keptOutbox, noDatabase } from '../../test/memory/at-once';
import { BacktestsInMemory } from '../../test/memory/backtests-in-memory';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import { ValidationsInMemory } from '../../test/memory/validations-in-memory';
import type { Artifacts } from '../artifacts/artifacts';
import type { EvidenceRecords } from '../evidence/evidence-records';
import type { JudgedLedgers } from '../evidence/judged-ledgers';
import type { DataPin } from '../records/market/data-pin';
import type { RevisionProof } from '../records/strategies/strategy.store';
import type { HoldoutStore } from '../records/holdouts/holdout.store';
import type { OutsideTrialsStore } from '../records/trials/outside-trials.store';
import type { TrialLedger } from '../records/trials/trial-ledger.store';
import type { EvidenceKind } from '../records/validations/validation.entity';
import type { ValidationRequest } from '../records/validations/validation-request';
import type { JudgedRun } from '../runs/judged-run';
import { GateJudge } from './gate-judge';

const OWNER = newId();
const PIN: DataPin = {
  source: 'csv',
  symbol: 'SP500',
  timeframe: '1d',
  adjustment: 'none',
  first_bar: '2020-01-01T00:00:00.000Z',
  until: '2024-01-01T00:00:00.000Z',
  fingerprint: 'f'.repeat(64),
  bars: 1000,
  scored: null,
};
const LEDGER = { key: 'k' };
const RECORD = { sha256: 'r', uri: 'sha256:r', contents_uri: 'sha256:c' };
const verdict = (policy: PolicyName, passed: boolean | null): PolicyVerdict => ({
  policy,
  version: '1',
  passed,
  gates: [],
});

/** A revision in the given state, the judge of it, and what its next judgements will say. */
async function judged(proof: Partial<RevisionProof> = { status: 'backtested' }) {
  const [strategies, validations] = [new StrategiesInMemory(), new ValidationsInMemory()];
  const backtests = new BacktestsInMemory();
  const { outbox, published } = keptOutbox();
  const strategy = madeStrategy({ ownerId: OWNER });
  await strategies.insert(NO_CONNECTION, strategy, madeRules());
  await strategies.saveProof(NO_CONNECTION, strategy.id, 1, proof);
  const of = { ownerId: OWNER, strategyId: strategy.id, revision: 1, configHash: 'c' };
  const read: { walkForward: unknown; cpcv: unknown; outsideTrials: unknown }[] = [];
  const knownLedgers: unknown[] = [];
  const outcome = {
    verdicts: [verdict('default', true), verdict('strict', false)],
    meanwhile: (): Promise<unknown> => Promise.resolve(),
  };
  const gates: JudgedRun['gates'] = async ({ walkForward, cpcv, outsideTrials, judgedLedger }) => {
    read.push({ walkForward, cpcv, outsideTrials });
    knownLedgers.push(judgedLedger);
    await outcome.meanwhile();
    return {
      verdicts: outcome.verdicts,
      evidence: { lookback: 0 },
      backtest: { scored: [252, 600] },
      reselection: null,
      judgedLedger: LEDGER,
      dsrAtOwnerTrials: null,
      lookAhead: { seed: 1, cuts: 50, compared: 50 },
    } as unknown as GateEvidenceOutcome;
  };
  const ledger = {
    series: () => Promise.resolve([]),
    ownerTrialsOn: () => Promise.resolve(3),
    count: () => Promise.resolve(2),
  };
  const judge = new GateJudge(
    noDatabase,
    atOnce,
    outbox,
    { getValue: (uri: string) => Promise.resolve(uri) } as unknown as Artifacts,
    ledger as unknown as TrialLedger,
    { declared: () => Promise.resolve(5) } as unknown as OutsideTrialsStore,
    {
      openOn: () => Promise.resolve(null),
      ofLineage: () => Promise.resolve([]),
      foundFor: () => Promise.resolve(null),
    } as unknown as HoldoutStore,
    strategies,
    validations,
    backtests,
    { keep: () => Promise.resolve(RECORD) } as unknown as EvidenceRecords,
    {
      keep: (ledger: unknown) => Promise.resolve({ signed: ledger }),
      known: (_: unknown, kept?: { signed: unknown }) => Promise.resolve(kept?.signed),
    } as unknown as JudgedLedgers,
  );
  const completed = async (
    kind: EvidenceKind,
    { request = { policy_layout: true } as ValidationRequest, data = PIN, sha256 = null as string | null } = {},
  ): Promise<string> => {
    const id = newId();
    await validations.insertQueued(NO_CONNECTION, { id, ...of, kind, request, jobId: newId() });
    const artifact = sha256 === null ? null : { uri: sha256, sha256, train_end: null };
    await validations.complete(NO_CONNECTION, id, { result: {}, evidenceUri: id, artifact, data });
    return id;
  };
  const backtested = async (start: string | null): Promise<string> => {
    const row = madeBacktest(of);
    await backtests.insertPending(NO_CONNECTION, { ...row, request: { ...row.request, start } });
    await backtests.complete(NO_CONNECTION, { id: row.id, version: 1 }, madeOutcome());
    return row.id;
  };
  const now = () => strategies.at(NO_CONNECTION, OWNER, strategy.id);
  const run = async (id: string, kind: EvidenceKind = 'walk_forward') => {
    const current = await now();
    const inputs = {
      ...current,
      pin: PIN,
      isFitted: false,
      isImported: false,
      synthetic: [],
      quality: () => Promise.resolve(null),
      withBenchmarks: () => Promise.resolve([]),
      gates,
    };
    const context = { jobId: newId(), signal: new AbortController().signal } as unknown as JobContext;
    return judge.judge(inputs as unknown as JudgedRun, id, kind, context);
  };
  return { strategies, validations, strategy, published, read, knownLedgers, outcome, completed, backtested, now, run };
}

describe('a judgement', () => {
  it('writes the gates to the run and the revision, moves its status and tells it once', async () => {
    const { completed, backtested, run, now, validations, published } = await judged();
    const backtestId = await backtested(null);
    const [walk, cpcv] = [await completed('walk_forward'), await completed('cpcv')];
    const gates = { default: verdict('default', true), strict: verdict('strict', false) };
    expect(await run(cpcv, 'cpcv')).toEqual({ gates, validated_under: ['default'], warnings: [], conflict: false });
    expect((await now()).revision).toMatchObject({
      status: 'validated',
      validatedUnder: ['default'],
      gates,
      gateFacts: {
        backtest_id: backtestId,
        walk_forward_id: walk,
        cpcv_id: cpcv,
        data_fingerprint: PIN.fingerprint,
        ledger: { trials: 2, declared_outside: 0, owner_trials_on_this_data: 3 },
        information: { selection: 'no_selection', first_scored_bar: 252 },
      },
      historyAnchor: { first_bar: PIN.first_bar, fingerprint: PIN.fingerprint },
    });
    expect(await validations.require(NO_CONNECTION, OWNER, cpcv)).toMatchObject({ gates });
    expect(published).toEqual([
      expect.objectContaining({
        type: 'validation.completed',
        aggregateId: cpcv,
        data: expect.objectContaining({ kind: 'cpcv', validated_under: ['default'] }),
      }),
    ]);
  });

  it.each([
    ['backtested', 'backtested', []],
    ['validated', 'backtested', []],
    ['promoted', 'promoted', [expect.objectContaining({ code: 'revalidation_failed' })]],
  ] as const)('that no policy passes leaves what was %s as %s', async (before, after, warnings) => {
    const { completed, run, now, outcome } = await judged({ status: before, validatedUnder: ['default'] });
    outcome.verdicts = [verdict('default', false), verdict('strict', null)];
    const found = await run(await completed('walk_forward'));
    expect(found).toMatchObject({ validated_under: [], warnings });
    expect((await now()).revision).toMatchObject({ status: after, validatedUnder: [] });
  });

  it('keeps the first bar of the history that a backtest has pinned', async () => {
    const pinned = { source: 'csv', adjustment: 'none', first_bar: '2019-01-01T00:00:00.000Z' } as const;
    const historyAnchor = { ...pinned, fingerprint: 'old', until: pinned.first_bar };
    const { completed, run, now } = await judged({ status: 'backtested', historyAnchor });
    await run(await completed('walk_forward'));
    expect((await now()).revision.historyAnchor).toMatchObject({
      first_bar: pinned.first_bar,
      fingerprint: PIN.fingerprint,
      until: PIN.until,
    });
  });
});

describe('the ledger of a judgement', () => {
  it('is judged for the first one alone: those of the same revision after it, and beside it, know what it said', async () => {
    const { completed, run, knownLedgers, now } = await judged();
    const [walk, cpcv] = [await completed('walk_forward'), await completed('cpcv')];
    await Promise.all([run(walk), run(cpcv, 'cpcv')]);
    await run(walk);
    expect(knownLedgers).toEqual([undefined, LEDGER, LEDGER]);
    expect((await now()).revision.gateFacts).toMatchObject({ judged_ledger: { signed: LEDGER } });
  });

  it('is not judged again either where newer evidence came meanwhile', async () => {
    const { completed, run, knownLedgers, outcome } = await judged();
    const walk = await completed('walk_forward');
    let came = false;
    outcome.meanwhile = async () => {
      if (!came) await completed('cpcv');
      came = true;
    };
    await run(walk);
    expect(knownLedgers).toEqual([undefined, LEDGER]);
  });
});

describe('the evidence of a judgement', () => {
  it('is the newest completed run of each kind', async () => {
    const { completed, run, read } = await judged();
    await completed('walk_forward');
    const [walk, cpcv] = [await completed('walk_forward'), await completed('cpcv')];
    await run(walk);
    expect(read).toEqual([{ walkForward: walk, cpcv, outsideTrials: 5 }]);
  });

  it.each([
    ['has another layout', { request: { policy_layout: false } }],
    ['saw other bars', { data: { ...PIN, fingerprint: 'e'.repeat(64) } }],
    ['fitted another model', { sha256: 'a' }],
  ])('is no run that %s', async (_, of) => {
    const { completed, run, read } = await judged();
    const own = await completed('walk_forward');
    await completed('walk_forward', of);
    await completed('cpcv', of);
    await run(own);
    expect(read).toEqual([{ walkForward: own, cpcv: null, outsideTrials: 5 }]);
  });

  it('names the newest backtest as the strategy states it, else the newest of all', async () => {
    const { completed, backtested, run, now } = await judged();
    const part = await backtested('2021-01-01');
    const id = await completed('walk_forward');
    await run(id);
    expect((await now()).revision.gateFacts!.backtest_id).toBe(part);
    const whole = await backtested(null);
    await backtested('2022-01-01');
    await run(id);
    expect((await now()).revision.gateFacts!.backtest_id).toBe(whole);
  });
});

describe('what happens while the gates are computed', () => {
  it('is judged again when newer evidence came', async () => {
    const { completed, run, read, outcome, published } = await judged();
    const walk = await completed('walk_forward');
    let cpcv = '';
    outcome.meanwhile = async () => {
      if (cpcv === '') cpcv = await completed('cpcv');
    };
    await run(walk);
    expect(read).toEqual([
      { walkForward: walk, cpcv: null, outsideTrials: 5 },
      { walkForward: walk, cpcv, outsideTrials: 5 },
    ]);
    expect(published).toHaveLength(1);
  });

  it('leaves a strategy alone that was archived: the run keeps its gates', async () => {
    const { completed, run, now, outcome, published, strategies, strategy, validations } = await judged();
    const walk = await completed('walk_forward');
    const before = (await now()).revision;
    outcome.meanwhile = async () =>
      strategies.save(NO_CONNECTION, await now(), undefined, { archivedAt: new Date() }, before.recipe);
    const found = await run(walk);
    expect(found).toMatchObject({ conflict: true, validated_under: [], warnings: [] });
    expect((await now()).revision).toEqual(before);
    expect(await validations.require(NO_CONNECTION, OWNER, walk)).toMatchObject({ gates: found.gates });
    expect([published, strategy.promotedRevision]).toEqual([[], null]);
  });
});
