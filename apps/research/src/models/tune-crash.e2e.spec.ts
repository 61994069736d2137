import { buildOnce } from '@assay/testing';
import { IN_A_SHARD, IN_THE_MERGE, KilledWorkers, type EndedSweep } from '../../test/killed-workers';
import { importMarket, seedLogisticStrategy } from '../../test/research-harness';

jest.setTimeout(300_000);

const TUNING = {
  ...{ l2: Array.from({ length: 60 }, (_, i) => i / 10), prune: 'median' },
  ...{ method: 'tpe', trials: 44, seed: 3 },
};

describe('a tuning that draws its sets, on a worker process that is killed with SIGKILL', () => {
  let workers: KilledWorkers;
  /** What it gives when nothing disturbs it. */
  let undisturbed: EndedSweep;

  /** By an owner of its own, so that each begins with an empty ledger. */
  const submit = async (): Promise<string> => {
    const api = await workers.as();
    const { modelId, strategyId } = await seedLogisticStrategy(api, 'WALK');
    return (await api.ok('POST', `/models/${modelId}/tune`, { strategy_id: strategyId, ...TUNING })).job_id;
  };

  beforeAll(async () => {
    buildOnce();
    workers = await KilledWorkers.on(undefined);
    await importMarket(await workers.as(), 'WALK', { bars: 620, seed: 8 });
    await workers.single();
    undisturbed = await workers.end(await submit());
  });

  beforeEach(() => workers.single());
  afterEach(() => workers.letAllGo());
  afterAll(() => workers?.close());

  const killedAt = async (stop: number): Promise<EndedSweep> => {
    await workers.hold(stop);
    const id = await submit();
    await workers.replaceAt(stop);
    return workers.end(id);
  };

  it('is, undisturbed, so many sets with each a trial', () => {
    expect(undisturbed.trials).toBe(44);
    expect(JSON.parse(undisturbed.result)).toMatchObject({ sets: 44, trials: 44, search: { sets: 60 } });
    expect(undisturbed.shardRuns.every((runs) => runs === 1)).toBe(true);
  });

  it('goes on in the middle of a shard: every trial once, to the same bytes', async () => {
    const after = await killedAt(IN_A_SHARD);
    expect(Math.max(...after.shardRuns)).toBe(2);
    expect(after).toEqual({ ...undisturbed, shardRuns: after.shardRuns });
  });

  it('gives the same answer again where it was not recorded', async () => {
    expect(await killedAt(IN_THE_MERGE)).toEqual({ ...undisturbed, runs: undisturbed.runs + 1 });
  });
});
