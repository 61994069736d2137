import { unreadDocuments } from '@assay/testing';
import { importMarket, seedLogisticStrategy, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const L2 = Array.from({ length: 60 }, (_, i) => Number((0.01 * 1.2 ** i).toFixed(6)));

describe('a tuning that draws its sets', () => {
  const research = useResearch({ env: { ASSAY_SWEEP_MS: '200' } });
  let api: ResearchClient;
  let modelId: string;
  let strategyId: string;
  let tuned: Record<string, any>;

  const request = (more: object = {}): object => ({
    ...{ strategy_id: strategyId, l2: L2, method: 'tpe', trials: 44, seed: 3, prune: 'median' },
    ...more,
  });
  const tune = (more?: object) => api.result(`/models/${modelId}/tune`, request(more));
  const trials = async (): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/experiments?strategy_id=${strategyId}&limit=1000`)).items;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'WALK', { bars: 620, seed: 8 });
    ({ modelId, strategyId } = await seedLogisticStrategy(api, 'WALK'));
    tuned = await tune();
  });

  it('tries so many of them, each a trial, those that are given up too', async () => {
    expect(tuned).toMatchObject({ sets: 44, trials: 44, search: { method: 'tpe', seed: 3, sets: 60 } });
    const given = tuned.rows.filter((row: any) => row.given_up_after !== undefined);
    expect(given.length).toBeGreaterThan(0);
    expect(given).toHaveLength(tuned.search.given_up);
    for (const row of given) {
      expect(row.mean_oos_sharpe).toBeNull();
      expect(row.reasons.mean_oos_sharpe).toContain(`given up after ${row.given_up_after} of 15 splits`);
    }
    const tried = tuned.rows.map((row: any) => row.params.l2);
    expect(new Set(tried).size).toBe(44);
    expect(tried.every((l2: number) => L2.includes(l2))).toBe(true);
    expect(tuned.rows[0].params.refit).toEqual({ every: 63, min_train: 100 });
    const known = tuned.rows.flatMap((row: any) => row.mean_oos_sharpe ?? []);
    expect(tuned.best.mean_oos_sharpe).toBe(Math.max(...known));
    const ledger = await trials();
    expect(ledger.map(({ origin }) => origin)).toEqual(Array(44).fill('tuning'));
    expect(ledger.map(({ observations }) => observations)).toEqual(Array(44).fill(620 - 252));
  });

  it('gives the same for the same seed and counts none anew, others for another', async () => {
    expect(await tune()).toEqual(tuned);
    const drawn = async (seed: number) =>
      (await tune({ method: 'random', trials: 3, prune: 'none', seed })).rows.map((row: any) => row.params.l2);
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(2)).not.toEqual(await drawn(1));
  });

  it('judges a set as a tuning of that set alone does: the same trial', async () => {
    const before = (await trials()).length;
    const { l2 } = tuned.best.params;
    const alone = await tune({ l2: [l2], method: undefined, trials: undefined, seed: undefined, prune: undefined });
    expect(alone).toMatchObject({ sets: 1, trials: before, rows: [{ params: { l2 } }] });
    expect(alone).not.toHaveProperty('search');
    expect(alone.best.mean_oos_sharpe).toBeCloseTo(tuned.best.mean_oos_sharpe, 12);
  });

  it('searches the whole space of the kind where no values are given, with one schedule', async () => {
    const { items } = await api.ok('GET', '/models/search-spaces');
    const space = items.find(({ kind }: any) => kind === 'logistic').params;
    const sets = Object.values<any>(space).reduce((product, { values }) => product * values.length, 1);
    const refit = [{ every: 126, min_train: 100 }];
    const whole = await tune({ l2: undefined, method: 'random', trials: sets, prune: 'none', refit });
    expect(whole).toMatchObject({ sets, search: { method: 'random', sets, given_up: 0 } });
    expect(whole.rows.map((row: any) => row.params.l2).sort((a: number, b: number) => a - b)).toEqual(space.l2.values);
    expect(whole.rows.every((row: any) => row.params.refit.every === 126)).toBe(true);
    const most = await api.send('POST', `/models/${modelId}/tune`, request({ l2: undefined, trials: sets + 1 }));
    expect([most.status, most.body.errors[0].field, most.body.errors[0].rule]).toEqual([422, 'trials', 'max']);
  });

  it.each([
    [{ trials: undefined }, 'trials', 'required'],
    [{ method: 'exhaustive' }, 'trials', 'sampled_only'],
    [{ method: 'luck' }, 'method', 'enum'],
    [{ prune: 'half' }, 'prune', 'enum'],
    [{ refit: [1, 2].map((every) => ({ every, min_train: 100 })) }, 'refit', 'max_items'],
  ])('refuses %j', async (wrong, field, rule) => {
    const { status, body } = await api.send('POST', `/models/${modelId}/tune`, request(wrong));
    expect([status, body.errors?.[0].field, body.errors?.[0].rule]).toEqual([422, field, rule]);
  });

  it('writes jobs that this version reads', async () => {
    expect((await unreadDocuments(research.database.url)).faults).toEqual([]);
  });
});
