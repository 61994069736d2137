import { newId } from '@assay/primitives/ids';
import type { OrderPathRecords } from './order-path-records';
import { at, givenRecords } from './order-path-records';
import { NOW } from './sample-rows';

/** What services may expect of the logs of executions and signals, in memory as on a database. */
export function logRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  describe('logs', () => {
    const line = { runId: null, action: 'BUY', qty: '10', price: '100', success: false, checks: [] } as const;
    const write = (atMs: number) =>
      on.r.run((em) =>
        on.r.logs.write(em, {
          ...line,
          checks: [],
          deployment: on.d,
          atMs,
          signal: 1,
          reasonCode: 'intended',
          message: 'buys',
        }),
      );

    it('are told what became of the order, each thing once', async () => {
      const logId = await write(NOW.getTime());
      const followed = { orderId: newId(), success: true, reasonCode: 'filled', price: null, message: 'done' };
      for (let i = 0; i < 2; i += 1) await on.r.run((em) => on.r.logs.follow(em, logId, followed));
      const [row] = await on.r.run((em) => on.r.logs.newest(em, on.d.deploymentId, 1));
      expect(row).toMatchObject({ success: true, reasonCode: 'filled', price: '100', message: 'buys; done' });
    });

    it('are given newest first', async () => {
      const ids = [await write(NOW.getTime()), await write(NOW.getTime() + 1)];
      const rows = await on.r.run((em) => on.r.logs.newest(em, on.d.deploymentId, 5));
      expect(rows.map((row) => row.logId)).toEqual([...ids].reverse());
    });

    it('keep every bit of a signal, and the newest target beside bars without one', async () => {
      const decision = {
        prediction: NaN,
        weight: -0,
        decision: 'keep',
        reason: null,
        exit: null,
        entry: null,
      } as const;
      const features = Float64Array.from([0.1, NaN]);
      const bars = [
        { ...decision, openTimeMs: at(0).getTime(), signal: -1, features },
        { ...decision, openTimeMs: at(1).getTime(), signal: NaN, features },
      ];
      const evaluated = { deployment: on.d, featureNames: ['a', 'b'], evaluatedAt: NOW };
      await on.r.run((em) => on.r.logs.addSignals(em, { ...evaluated, decisions: bars }));
      const newest = await on.r.run((em) => on.r.logs.newestSignal(em, on.d.deploymentId));
      expect(newest).toMatchObject({ barTime: at(1), signal: NaN, featureValues: [0.1, NaN] });
      expect(Object.is(newest!.weight, -0)).toBe(true);
      expect(await on.r.run((em) => on.r.logs.newestTarget(em, on.d.deploymentId))).toBe(-1);
    });
    it('name the features of all their bars', async () => {
      const said = {
        prediction: 0.1,
        signal: 1,
        weight: 1,
        decision: 'target',
        reason: null,
        exit: null,
        entry: null,
      } as const;
      for (const [minute, featureNames] of [['b', 'a'], ['a', 'c'], []].entries()) {
        const features = Float64Array.from(featureNames, () => 1);
        const decisions = [{ ...said, openTimeMs: at(minute).getTime(), features }];
        const evaluated = { deployment: on.d, featureNames, decisions, evaluatedAt: NOW };
        await on.r.run((em) => on.r.logs.addSignals(em, evaluated));
      }
      expect(await on.r.run((em) => on.r.logs.featureNames(em, on.d.deploymentId))).toEqual(['a', 'b', 'c']);
      expect(await on.r.run((em) => on.r.logs.featureNames(em, newId()))).toEqual([]);
    });

    it('come in pages of a span, oldest first', async () => {
      const ids: string[] = [];
      for (const minute of [0, 1, 1, 2]) ids.push(await write(at(minute).getTime()));
      const page = async (query: object) => {
        const { rows, next_cursor } = await on.r.run((em) => on.r.logs.tradePage(em, on.d.deploymentId, query));
        return { ids: rows.map((row) => row.logId), next_cursor };
      };
      const first = await page({ limit: 2 });
      const rest = await page({ limit: 2, cursor: first.next_cursor });
      expect([...first.ids, ...rest.ids].sort()).toEqual([...ids].sort());
      expect([first.ids[0], rest.ids[1], rest.next_cursor]).toEqual([ids[0], ids[3], null]);
      const minute = at(1).toISOString();
      expect((await page({ from: minute, to: minute })).ids.sort()).toEqual([ids[1], ids[2]].sort());
    });

    it('of signals come in pages by the time of their bars', async () => {
      const said = {
        prediction: 0.1,
        signal: 1,
        weight: 1,
        decision: 'target',
        reason: null,
        exit: null,
        entry: null,
      } as const;
      const features = Float64Array.of();
      const decisions = [0, 1, 2].map((minute) => ({ ...said, openTimeMs: at(minute).getTime(), features }));
      const evaluated = { deployment: on.d, featureNames: [], evaluatedAt: NOW };
      await on.r.run((em) => on.r.logs.addSignals(em, { ...evaluated, decisions }));
      const page = async (query: object) => {
        const { rows, next_cursor } = await on.r.run((em) => on.r.logs.signalPage(em, on.d.deploymentId, query));
        return { at: rows.map((row) => row.barTime), next_cursor };
      };
      const first = await page({ limit: 2 });
      const rest = await page({ limit: 2, cursor: first.next_cursor });
      expect([first.at, rest.at, rest.next_cursor]).toEqual([[at(0), at(1)], [at(2)], null]);
      expect((await page({ from: at(1).toISOString(), to: at(1).toISOString() })).at).toEqual([at(1)]);
    });
  });
}
