import { buildOnce, describeOnStacks, eventually } from '@assay/testing';
import { IN_A_SHARD, IN_THE_MERGE, KilledWorkers, type EndedSweep } from '../../../test/killed-workers';
import { importMarket, seedRuleStrategy, type ResearchClient } from '../../../test/research-harness';

jest.setTimeout(300_000);

/** 1,001 cells: the fewest that make three shards; of few bars, so that they are imported and swept at once. */
const PARAMS = [
  { path: 'features.0.params.window', range: '2:14' },
  { path: 'costs.fee_bps', range: '0:76' },
];
const CELLS = 1001;
const BARS = 300;

const UNIVERSE = {
  ...{ kind: 'universe', name: 'rotation', source: 'test', trading_period: 252, market: 'US' },
  universe: ['WALK2', 'WALK3', 'WALK4'],
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 20 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
};
const seedOf = (symbol: string): number => Number(symbol.slice(-1));

interface Swept {
  make(api: ResearchClient): Promise<Record<string, any>>;
  /** One of its symbols, whose bars are changed. */
  symbol: string;
}
const ONE_SYMBOL: Swept = { make: (api) => seedRuleStrategy(api, 'WALK1'), symbol: 'WALK1' };
const SYMBOLS: Swept = { make: (api) => api.ok('POST', '/strategies/import', UNIVERSE), symbol: 'WALK4' };

const GUIDED = { search: { method: 'tpe', samples: 100, seed: 3 } };
const PRUNED = { ...GUIDED, objective: 'cpcv', prune: 'median' };

/** What each sweep gives when nothing disturbs it, to the bit and on any stack: made once, on the stack that is first. */
const undisturbed = new Map<object, EndedSweep>();

/** The embedded stack sees everything; the other what a queue of its own may change: which worker goes on, and with what. */
describeOnStacks('a sweep on worker processes that are killed with SIGKILL', (stack) => {
  const isWhole = stack.kind === 'embedded';
  let workers: KilledWorkers;

  /** By an owner of its own, so that every sweep begins with an empty ledger. */
  const submit = async ({ make }: Swept, more: object = {}): Promise<string> => {
    const api = await workers.as();
    const { id } = await make(api);
    return (await api.ok('POST', '/backtests/sweep', { strategy_id: id, params: PARAMS, ...more })).job_id;
  };

  beforeAll(async () => {
    buildOnce();
    workers = await KilledWorkers.on(stack);
    const api = await workers.as();
    for (const symbol of [ONE_SYMBOL.symbol, ...UNIVERSE.universe])
      await importMarket(api, symbol, { bars: BARS, seed: seedOf(symbol) });
    await workers.single();
    for (const swept of [ONE_SYMBOL, SYMBOLS]) {
      if (!undisturbed.has(swept)) undisturbed.set(swept, await workers.end(await submit(swept)));
    }
    for (const search of [GUIDED, PRUNED]) {
      if (!undisturbed.has(search)) undisturbed.set(search, await workers.end(await submit(ONE_SYMBOL, search)));
    }
  });

  beforeEach(() => workers.single());
  afterEach(() => workers.letAllGo());
  afterAll(() => workers?.close());

  const killedAt = async (stop: number, swept: Swept): Promise<EndedSweep> => {
    await workers.hold(stop);
    const id = await submit(swept);
    await workers.replaceAt(stop);
    return workers.end(id);
  };
  const isCompletedAfterAShard = async (swept: Swept): Promise<void> => {
    const after = await killedAt(IN_A_SHARD, swept);
    expect(Math.max(...after.shardRuns)).toBe(2);
    expect(after).toEqual({ ...undisturbed.get(swept), shardRuns: after.shardRuns });
  };
  const isMergedAgain = async (swept: Swept): Promise<void> =>
    expect(await killedAt(IN_THE_MERGE, swept)).toEqual({ ...undisturbed.get(swept), runs: 3 });

  it('gives the same on several workers', async () => {
    await workers.start();
    expect(await workers.end(await submit(ONE_SYMBOL))).toEqual(undisturbed.get(ONE_SYMBOL));
  });

  it('in the middle of a shard: the next worker completes it, every trial once, to the same bytes', () =>
    isCompletedAfterAShard(ONE_SYMBOL));

  it('before its answer is recorded: the next worker merges the same shards to the same bytes', () =>
    isMergedAgain(ONE_SYMBOL));

  const searches: [string, object][] = [['a guided search', GUIDED]];
  if (isWhole) searches.push(['a guided search that gives cells up', PRUNED]);
  it.each(searches)(
    'in the middle of %s: the next worker goes on with the cells that the first would have tried',
    async (_, search) => {
      const whole = undisturbed.get(search);
      expect(whole).toMatchObject({ trials: 100, runs: 12, shardRuns: Array(11).fill(1) });
      const id = await submit(ONE_SYMBOL, search);
      const done = `SELECT 1 FROM ops.job WHERE parent_id = '${id}' AND state = 'completed'`;
      await eventually('two batches', async () => (await workers.sql.query(done)).rows.length >= 2, 180_000);
      await workers.hold(IN_A_SHARD);
      await workers.replaceAt(IN_A_SHARD);
      const after = await workers.end(id);
      expect(after).toEqual({ ...whole, shardRuns: after.shardRuns });
    },
  );

  if (!isWhole) return;

  it('of a universe in the middle of a shard: the next worker completes it, every trial once, to the same bytes', () =>
    isCompletedAfterAShard(SYMBOLS));

  it('of a universe before its answer is recorded: the next worker merges the same shards to the same bytes', () =>
    isMergedAgain(SYMBOLS));

  describe.each([
    ['one symbol', ONE_SYMBOL],
    ['a universe', SYMBOLS],
  ])('of %s', (_, swept) => {
    it('is, undisturbed, three shards with each cell tried once', () => {
      expect(undisturbed.get(swept)).toMatchObject({ trials: CELLS, runs: 2, shardRuns: [1, 1, 1] });
      expect(JSON.parse(undisturbed.get(swept)!.result)).toMatchObject({ cells: CELLS, trials: CELLS });
    });

    const importing = (bars: number, seed: number) => (api: ResearchClient) =>
      importMarket(api, swept.symbol, { bars, seed });

    it('reads the bars it began with when more are imported meanwhile', async () => {
      const id = await workers.meanwhile(() => submit(swept), importing(BARS + 20, seedOf(swept.symbol)));
      expect(await workers.end(id)).toEqual(undisturbed.get(swept));
    });

    it('is refused when the bars it began with are corrected meanwhile', async () => {
      const id = await workers.meanwhile(() => submit(swept), importing(BARS, 9));
      await expect(workers.end(id)).rejects.toThrow('changed while they were swept: submit the sweep again');
    });
  });
});
