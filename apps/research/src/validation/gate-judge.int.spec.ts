import type { GateEvidenceInput, GateEvidenceOutcome } from '@assay/pipeline';
import type { Client } from 'pg';
import { backtest, importMarket, type ResearchClient, seedRuleStrategy } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import { Compute } from '../runs/compute';

describe('the judgement of a strategy', () => {
  const research = useResearch();
  let api: ResearchClient;
  let sql: Client;

  beforeAll(async () => {
    ({ api, sql } = research);
    await importMarket(api, 'WALK', { bars: 700, seed: 5 });
  });

  afterEach(() => jest.restoreAllMocks());

  /** Does something after the evidence was read and the gates computed, and before the judgement is written. */
  function beforeTheWriteBack(act: () => Promise<unknown>): { judgements: () => number } {
    const compute = research.harness.worker.get(Compute, { strict: false });
    const run = compute.run.bind(compute);
    let judgements = 0;
    jest.spyOn(compute, 'run').mockImplementation((async (...task: Parameters<typeof run>) => {
      const outcome = await run(...task);
      if (task[0] === 'gates' && (judgements += 1) === 1) await act();
      return outcome;
    }) as typeof compute.run);
    return { judgements: () => judgements };
  }

  const eventsOf = async (validationId: string): Promise<number> => {
    const { rows } = await sql.query('SELECT count(*)::int AS n FROM research.outbox WHERE aggregate_id = $1', [
      validationId,
    ]);
    return rows[0].n;
  };

  it('is a conflict when the strategy was archived meanwhile: the run keeps its gates, the strategy is left alone', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 21);
    await backtest(api, id);
    beforeTheWriteBack(() => api.ok('POST', `/strategies/${id}/archive`, { reason: 'given up' }));
    const judged = await api.result('/validation/walk-forward', { strategy_id: id });
    expect(judged).toMatchObject({ conflict: true, validated_under: [], warnings: [] });
    expect(Object.keys(judged.gates)).toContain('default');

    const after = await api.ok('GET', `/validation/strategies/${id}`);
    expect(after).toMatchObject({ status: 'archived', gates: {}, gates_at: null, validated_under: [] });
    expect(after.walk_forward).toMatchObject({ id: judged.validation_id, status: 'completed' });
    expect(after.ledger).toMatchObject({ as_judged: null, now: { trials: 1 } });
    const { rows } = await sql.query('SELECT status FROM research.strategy_revision WHERE strategy_id = $1', [id]);
    expect(rows.at(-1)).toEqual({ status: 'backtested' });
    const kept = await sql.query('SELECT gates FROM research.validation WHERE id = $1', [judged.validation_id]);
    expect(kept.rows[0].gates).toEqual(judged.gates);
    expect(await eventsOf(judged.validation_id)).toBe(0);
  });

  it('is written and told once where nothing came between', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 22);
    await backtest(api, id);
    const { judgements } = beforeTheWriteBack(() => Promise.resolve());
    const judged = await api.result('/validation/walk-forward', { strategy_id: id });
    expect([judged.conflict, judgements(), await eventsOf(judged.validation_id)]).toEqual([false, 1, 1]);
    expect((await api.ok('GET', `/validation/strategies/${id}`)).gates).toMatchObject(judged.gates);
  });

  it('is made again when the evidence changed meanwhile', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 23);
    await backtest(api, id);
    const first = await api.result('/validation/walk-forward', { strategy_id: id });
    const withdraw = `UPDATE research.validation SET status = 'failed' WHERE id = $1`;
    const { judgements } = beforeTheWriteBack(() => sql.query(withdraw, [first.validation_id]));
    const cpcv = await api.result('/validation/cpcv', { strategy_id: id });
    expect([cpcv.conflict, judgements()]).toEqual([false, 2]);
    const { gates } = cpcv.gates.default;
    expect(gates.find((g: { gate: string }) => g.gate === 'walk_forward_sharpe')).toMatchObject({ passed: null });
  });

  it('has the ledger judged once for walk-forward and CPCV, and anew where it changed or is not as it was signed', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 25);
    await backtest(api, id);
    const compute = research.harness.worker.get(Compute, { strict: false });
    const run = compute.run.bind(compute);
    const told: { known: string | undefined; said: string | undefined }[] = [];
    jest.spyOn(compute, 'run').mockImplementation((async (...task: Parameters<typeof run>) => {
      const outcome = await run(...task);
      if (task[0] === 'gates') {
        const { judgedLedger } = outcome as GateEvidenceOutcome;
        told.push({ known: (task[1] as GateEvidenceInput).judgedLedger?.key, said: judgedLedger?.key });
      }
      return outcome;
    }) as typeof compute.run);
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    const [first, second] = told;
    expect([first!.known, second!.known]).toEqual([undefined, first!.said]);
    expect(second!.said).toBe(first!.said);

    await backtest(api, id, { costs: { fee_bps: 9 } });
    await api.result('/validation/cpcv', { strategy_id: id });
    expect(told[2]).toEqual({ known: first!.said, said: expect.not.stringMatching(first!.said!) });

    const forged = `UPDATE research.strategy_revision SET gate_facts = jsonb_set(gate_facts,
      '{judged_ledger,statement,ledger,psr,value}', '1') WHERE strategy_id = $1`;
    await sql.query(forged, [id]);
    await api.result('/validation/cpcv', { strategy_id: id });
    expect(told[3]).toEqual({ known: undefined, said: told[2]!.said });
  });

  it('keeps the figures of its ledger, beside those of now', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 24);
    await backtest(api, id);
    await api.result('/validation/walk-forward', { strategy_id: id });
    const { ledger, gates_at } = await api.ok('GET', `/validation/strategies/${id}`);
    const { as_judged: before } = ledger;
    expect(before).toMatchObject({ trials: 1, at: gates_at });
    expect(ledger.now).toEqual({
      trials: 1,
      declared_outside: 0,
      owner_trials_on_this_data: before.owner_trials_on_this_data,
    });
    await backtest(api, id, { costs: { fee_bps: 9 } });
    const later = await api.ok('GET', `/validation/strategies/${id}`);
    expect(later.ledger.as_judged).toEqual(before);
    expect(later.ledger.now).toEqual({
      trials: 2,
      declared_outside: 0,
      owner_trials_on_this_data: before.owner_trials_on_this_data + 1,
    });
  });
});
