import { buildOnce, describeOnStacks } from '@assay/testing';
import { IN_A_SHARD, IN_THE_MERGE, KilledWorkers, type EndedSweep } from '../../../test/killed-workers';
import { importMarket, seedRuleStrategy } from '../../../test/research-harness';

jest.setTimeout(300_000);

/** 1,001 cells: the fewest that make three shards. */
const PARAMS = [
  { path: 'features.0.params.window', range: '2:14' },
  { path: 'costs.fee_bps', range: '0:76' },
];
const CELLS = 1001;

describeOnStacks(
  'a walk-forward over a space of parameters on worker processes that are killed with SIGKILL',
  (stack) => {
    let workers: KilledWorkers;
    let undisturbed: EndedSweep;

    /** By an owner of its own, so that every search begins with an empty ledger but for the backtest before it. */
    const submit = async (): Promise<string> => {
      const api = await workers.as();
      const { id } = await seedRuleStrategy(api, 'WALK1');
      const { id: backtest } = await api.ok('POST', '/backtests', { strategy_id: id });
      await api.job(`/backtests/${backtest}/execute`);
      return (await api.ok('POST', '/validation/walk-forward', { strategy_id: id, params: PARAMS })).job_id;
    };
    /** Without what names the owner's own rows. */
    const endOf = async (id: string): Promise<EndedSweep> => {
      const ended = await workers.end(id);
      const { validation_id: _, strategy_id: __, ...told } = JSON.parse(ended.result) as Record<string, unknown>;
      return { ...ended, result: JSON.stringify(told) };
    };
    const killedAt = async (stop: number): Promise<EndedSweep> => {
      const id = await submit();
      await workers.hold(stop);
      await workers.replaceAt(stop);
      return endOf(id);
    };

    beforeAll(async () => {
      buildOnce();
      workers = await KilledWorkers.on(stack);
      await importMarket(await workers.as(), 'WALK1', { bars: 400, seed: 1 });
      await workers.single();
      undisturbed = await endOf(await submit());
    });
    beforeEach(() => workers.single());
    afterEach(() => workers.letAllGo());
    afterAll(() => workers?.close());

    it('is, undisturbed, three shards with each cell tried once', () => {
      expect(undisturbed).toMatchObject({ runs: 2, shardRuns: [1, 1, 1] });
      // and the backtest, which is none of the cells
      expect(JSON.parse(undisturbed.result)).toMatchObject({ trials: CELLS + 1, summary: { cells: CELLS } });
    });

    it('gives the same on several workers', async () => {
      await workers.start();
      expect((await endOf(await submit())).result).toEqual(undisturbed.result);
    });

    it('in the middle of a shard: the next worker completes it, every trial once, to the same numbers', async () => {
      const after = await killedAt(IN_A_SHARD);
      expect(Math.max(...after.shardRuns)).toBe(2);
      expect([after.result, after.trials]).toEqual([undisturbed.result, undisturbed.trials]);
    });

    it('before its answer is recorded: the next worker answers with what is stored', async () => {
      const after = await killedAt(IN_THE_MERGE);
      expect([after.result, after.trials, after.runs]).toEqual([undisturbed.result, undisturbed.trials, 3]);
    });
  },
);
