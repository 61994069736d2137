import type { OrderPathRecords } from './order-path-records';
import { at, deployedIn, givenRecords } from './order-path-records';
import { NOW } from './sample-rows';

/** What services may expect of runs and the state of evaluators, in memory as on a database. */
export function runRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  describe('runs', () => {
    const claim = (close: Date) => on.r.run((em) => on.r.runs.claim(em, on.d.deploymentId, close, 'bar', NOW));

    it('are claimed once, and again while they wait for their bar', async () => {
      const first = await claim(at(0));
      expect(first).toMatchObject({ said: false });
      expect(await claim(at(0))).toEqual({ runId: first!.runId, said: false });
      await on.r.run((em) => on.r.runs.set(em, first!.runId, { outcome: 'waiting_for_bars' }));
      expect(await claim(at(0))).toEqual({ runId: first!.runId, said: true });
      await on.r.run((em) => on.r.runs.set(em, first!.runId, { state: 'done' }));
      expect(await claim(at(0))).toBeNull();
      expect(await on.r.run((em) => on.r.runs.newestDone(em, on.d.deploymentId))).toEqual(at(0));
    });

    it('that wait are missed once a newer bar has closed, and catch up when theirs comes after all', async () => {
      await claim(at(0));
      await claim(at(1));
      await on.r.run((em) => on.r.runs.miss(em, on.d.deploymentId, 'too late', NOW, at(1)));
      const waits = (close: Date) => on.r.run((em) => on.r.runs.isWaiting(em, on.d.deploymentId, close));
      expect([await waits(at(0)), await waits(at(1))]).toEqual([false, true]);
      const close = { deploymentId: on.d.deploymentId, barCloseTime: at(0), isDue: false };
      await on.r.run((em) => on.r.runs.catchUp(em, close, 'late', NOW));
      await on.r.run((em) => on.r.runs.catchUp(em, { ...close, barCloseTime: at(-1) }, 'late', NOW));
      await on.r.run((em) => on.r.runs.catchUp(em, { ...close, barCloseTime: at(-2), isDue: true }, 'late', NOW));
      const { rows } = await on.r.run((em) => on.r.runs.page(em, on.d.deploymentId, {}));
      expect(rows.map((row) => [row.state, row.reason])).toEqual([
        ['caught_up', 'late'],
        ['caught_up', 'late'],
        ['waiting_for_bars', null],
      ]);
    });

    it('of stopped deployments say why, after what was said before', async () => {
      const run = await claim(at(0));
      const states = async () => (await on.r.run((em) => on.r.runs.page(em, on.d.deploymentId, {}))).rows;
      await on.r.run((em) => on.r.runs.set(em, run!.runId, { reason: 'no bar' }));
      await on.r.run((em) => on.r.runs.missStopped(em, 'stopped', NOW));
      expect(await states()).toMatchObject([{ state: 'waiting_for_bars', reason: 'no bar' }]);
      await on.r.run((em) => on.r.deployments.set(em, on.d.deploymentId, { status: 'stopped' }));
      await on.r.run((em) => on.r.runs.missStopped(em, 'stopped', NOW));
      expect(await states()).toMatchObject([
        { state: 'missed', outcome: 'missed', reason: 'no bar; stopped', finishedAt: NOW },
      ]);
    });
    it('come in pages of a span', async () => {
      for (const close of [at(2), at(0), at(1)]) await claim(close);
      const closes = async (query: object) => {
        const { rows, next_cursor } = await on.r.run((em) => on.r.runs.page(em, on.d.deploymentId, query));
        return { at: rows.map((row) => row.barCloseTime), next_cursor };
      };
      const first = await closes({ limit: 2 });
      const rest = await closes({ limit: 2, cursor: first.next_cursor });
      expect([...first.at, ...rest.at, rest.next_cursor]).toEqual([at(0), at(1), at(2), null]);
      expect((await closes({ from: at(1).toISOString(), to: at(1).toISOString() })).at).toEqual([at(1)]);
    });

    it('leave one state of the evaluator a deployment, the newest, every bit of it', async () => {
      const { deploymentId } = on.d;
      const kept = { deploymentId, configHash: 'c', artifactSha256: null, bars: 2, firstBar: at(0), lastBar: at(1) };
      const state = { ...kept, lastClose: 0.1 + 0.2, signalAtStart: -1, state: 'AAAA', levels: null, updatedAt: NOW };
      const known = () => on.r.run((em) => on.r.runs.state(em, deploymentId));
      expect(await known()).toBeNull();
      await on.r.run((em) => on.r.runs.keepState(em, state));
      expect(await known()).toEqual(state);
      const stop = { reason: 'trailing_stop', price: 0.1 + 0.2 } as const;
      const levels = { side: -1, entryPrice: 1 / 3, stop, target: null } as const;
      const next = { ...state, bars: 3, lastBar: at(2), lastClose: 5e-324, state: 'BBBB', levels };
      await on.r.run((em) => on.r.runs.keepState(em, next));
      expect(await known()).toEqual(next);
      const other = await deployedIn(on.r);
      expect(await on.r.run((em) => on.r.runs.state(em, other.deploymentId))).toBeNull();
      const rests = (...ids: string[]) => on.r.run((em) => on.r.runs.resting(em, ids));
      expect(await rests(deploymentId, other.deploymentId)).toEqual([]);
      const resting = { type: 'stop', level: 0.1 + 0.2, weight: -1, barsLeft: 3 } as const;
      const ordered = { side: -1, entryPrice: null, stops: [], target: null, resting } as const;
      await on.r.run((em) => on.r.runs.keepState(em, { ...next, levels: ordered }));
      expect(await rests(deploymentId, other.deploymentId)).toMatchObject([
        { deploymentId, lastBar: next.lastBar, levels: ordered },
      ]);
      expect(await rests(other.deploymentId)).toEqual([]);
      const drop = (id: string) => on.r.run((em) => on.r.runs.dropResting(em, id));
      await drop(other.deploymentId);
      expect(await rests(deploymentId)).toHaveLength(1);
      await drop(deploymentId);
      expect(await rests(deploymentId)).toEqual([]);
      const { resting: _, ...measured } = ordered;
      expect(await known()).toEqual({ ...next, levels: measured });
      await on.r.run((em) => on.r.runs.keepState(em, next));
      await drop(deploymentId);
      expect(await known()).toEqual(next);
    });
  });
}
