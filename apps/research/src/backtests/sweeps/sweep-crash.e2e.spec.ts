import { buildOnce, describeOnStacks, eventually } from '@assay/testing';
import { IN_A_SHARD, IN_THE_MERGE, KilledWorkers, type EndedSweep } from '../../../test/killed-workers';
import { importMarket, seedRuleStrategy } from '../../../test/research-harness';

jest.setTimeout(300_000);

/** 1,200 cells: three shards. */
const PARAMS = [
  { path: 'features.0.params.window', range: '2:41' },
  { path: 'costs.fee_bps', range: '0:29' },
];

describeOnStacks('a sweep on worker processes that are killed with SIGKILL', (stack) => {
  let workers: KilledWorkers;
  let undisturbed: EndedSweep;

  beforeAll(async () => {
    buildOnce();
    workers = await KilledWorkers.on(stack);
    await importMarket(await workers.as(), 'WALK', { bars: 400, seed: 5 });
    const id = await submit();
    await workers.start();
    undisturbed = await workers.end(id);
  });

  afterEach(() => workers.killAll());
  afterAll(() => workers?.close());

  /** By an owner of its own, so that every sweep begins with an empty ledger. */
  const submit = async (more: object = {}, symbol = 'WALK'): Promise<string> => {
    const api = await workers.as();
    const { id } = await seedRuleStrategy(api, symbol);
    return (await api.ok('POST', '/backtests/sweep', { strategy_id: id, params: PARAMS, ...more })).job_id;
  };

  it('is, undisturbed on one worker, three shards with each cell tried once', () => {
    expect(undisturbed).toMatchObject({ trials: 1200, runs: 2, shardRuns: [1, 1, 1] });
    expect(JSON.parse(undisturbed.result)).toMatchObject({ cells: 1200, trials: 1200 });
  });

  it('gives the same on several workers', async () => {
    const id = await submit();
    await Promise.all([workers.start(), workers.start()]);
    expect(await workers.end(id)).toEqual(undisturbed);
  });

  it('in the middle of a shard: the next worker completes it, every trial once, to the same bytes', async () => {
    const id = await submit();
    await workers.hold(IN_A_SHARD);
    await workers.start();
    await workers.replaceAt(IN_A_SHARD);
    const after = await workers.end(id);
    expect(Math.max(...after.shardRuns)).toBe(2);
    expect(after).toEqual({ ...undisturbed, shardRuns: after.shardRuns });
  });

  it('before its answer is recorded: the next worker merges the same shards to the same bytes', async () => {
    const id = await submit();
    await workers.hold(IN_THE_MERGE);
    await workers.start();
    await workers.replaceAt(IN_THE_MERGE);
    expect(await workers.end(id)).toEqual({ ...undisturbed, runs: 3 });
  });

  it.each([
    ['a guided search', {}],
    ['a guided search that gives cells up', { objective: 'cpcv', prune: 'median' }],
  ])('in the middle of %s: the next worker goes on with the cells that the first would have tried', async (_, more) => {
    const search = { search: { method: 'tpe', samples: 100, seed: 3 }, ...more };
    const reference = await submit(search);
    await workers.start();
    const whole = await workers.end(reference);
    expect(whole).toMatchObject({ trials: 100, runs: 12, shardRuns: Array(11).fill(1) });

    const id = await submit(search);
    const done = `SELECT 1 FROM ops.job WHERE parent_id = '${id}' AND state = 'completed'`;
    await eventually('two batches', async () => (await workers.sql.query(done)).rows.length >= 2, 180_000);
    await workers.hold(IN_A_SHARD);
    await workers.replaceAt(IN_A_SHARD);
    const after = await workers.end(id);
    expect(after).toEqual({ ...whole, shardRuns: after.shardRuns });
  });

  it('reads the bars it began with when more are imported meanwhile', async () => {
    await importMarket(await workers.as(), 'MORE', { bars: 400, seed: 5 });
    const id = await submit({}, 'MORE');
    await workers.meanwhile(id, (api) => importMarket(api, 'MORE', { bars: 420, seed: 5 }));
    // the hashes of the trials know the symbol, the figures do not
    expect((await workers.end(id)).result).toBe(undisturbed.result);
  });

  it('is refused when the bars it began with are corrected meanwhile', async () => {
    await importMarket(await workers.as(), 'FIX', { bars: 400, seed: 5 });
    const id = await submit({}, 'FIX');
    await workers.meanwhile(id, (api) => importMarket(api, 'FIX', { bars: 400, seed: 6 }));
    await expect(workers.end(id)).rejects.toThrow('changed while they were swept: submit the sweep again');
  });
});
