import { buildOnce, describeOnStacks } from '@assay/testing';
import { IN_A_SHARD, IN_THE_MERGE, KilledWorkers, type EndedSweep } from '../../../test/killed-workers';
import { importMarket } from '../../../test/research-harness';

jest.setTimeout(300_000);

/** 1,200 cells: three shards, of few bars so that they are imported and swept at once. */
const PARAMS = [
  { path: 'features.0.params.window', range: '2:41' },
  { path: 'costs.fee_bps', range: '0:29' },
];
const BARS = 300;
const SEEDS = [5, 6, 7];
const SYMBOLS = SEEDS.map((seed) => `WALK${seed}`);

const UNIVERSE = {
  ...{ kind: 'universe', name: 'rotation', source: 'test', trading_period: 252, market: 'US' },
  universe: SYMBOLS,
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 20 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
};

describeOnStacks('a sweep of a universe on worker processes that are killed with SIGKILL', (stack) => {
  let workers: KilledWorkers;
  let undisturbed: EndedSweep;

  beforeAll(async () => {
    buildOnce();
    workers = await KilledWorkers.on(stack);
    const api = await workers.as();
    for (const [k, seed] of SEEDS.entries()) await importMarket(api, SYMBOLS[k]!, { bars: BARS, seed });
    const id = await submit();
    await workers.start();
    undisturbed = await workers.end(id);
  });

  afterEach(() => workers.killAll());
  afterAll(() => workers?.close());

  /** By an owner of its own, so that every sweep begins with an empty ledger. */
  const submit = async (): Promise<string> => {
    const api = await workers.as();
    const { id } = await api.ok('POST', '/strategies/import', UNIVERSE);
    return (await api.ok('POST', '/backtests/sweep', { strategy_id: id, params: PARAMS })).job_id;
  };

  it('is, undisturbed, three shards with each cell tried once', () => {
    expect(undisturbed).toMatchObject({ trials: 1200, runs: 2, shardRuns: [1, 1, 1] });
    expect(JSON.parse(undisturbed.result)).toMatchObject({ cells: 1200, trials: 1200 });
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

  it('reads the bars it began with when one symbol has more of them meanwhile', async () => {
    const id = await submit();
    await workers.meanwhile(id, (api) => importMarket(api, SYMBOLS[2]!, { bars: BARS + 20, seed: SEEDS[2]! }));
    const after = await workers.end(id);
    expect(after.result).toBe(undisturbed.result);
    expect(after.ledger).toBe(undisturbed.ledger);
  });

  it('is refused when bars that it began with are corrected meanwhile', async () => {
    const id = await submit();
    await workers.meanwhile(id, (api) => importMarket(api, SYMBOLS[1]!, { bars: BARS, seed: 1 }));
    await expect(workers.end(id)).rejects.toThrow('changed while they were swept: submit the sweep again');
  });
});
