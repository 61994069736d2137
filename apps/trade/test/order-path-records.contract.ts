import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { OrderPathRecords } from './order-path-records';
import { at, deployedIn } from './order-path-records';
import { orderRecordsContract } from './order-records.contract';
import { NOW, sampleAccount, sampleIntent } from './sample-rows';

/** What services may expect of the stores of the order path, in memory as on a database. `open` is asked once. */
export function orderPathRecordsContract(open: () => Promise<OrderPathRecords>): void {
  let r: OrderPathRecords;
  let d: DeploymentEntity;
  beforeAll(async () => {
    r = await open();
  });
  beforeEach(async () => {
    d = await deployedIn(r);
  });
  const read = <T>(body: (em: EntityManager) => Promise<T>): Promise<T> => r.run(body);

  orderRecordsContract(async () => r);

  describe('a transaction', () => {
    it('that fails leaves everything as it was', async () => {
      const intent = sampleIntent(d);
      const failing = r.run(async (em) => {
        await r.orders.addIntents(em, [intent]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await read((em) => r.orders.openIntents(em, d.deploymentId))).toEqual([]);
    });
  });

  describe('positions', () => {
    const booked = { qty: '4', averagePrice: '100', realisedPnl: '1', fees: '0.5' };
    const key = () => ({ deploymentId: d.deploymentId, accountId: d.accountId, symbol: 'GOLD' });
    const target = (qty: string) => ({ ...key(), signal: 1, qty });

    it('keep what they hold when their target moves, and their target when they are booked', async () => {
      await r.run((em) => r.positions.aimAt(em, target('10'), NOW));
      const aimed = await read((em) => r.positions.lock(em, d.deploymentId));
      expect(aimed).toMatchObject({ averagePrice: null, targetSignal: 1 });
      await r.run((em) => r.positions.book(em, key(), aimed, booked, at(1)));
      await r.run((em) => r.positions.aimAt(em, target('20'), at(2)));
      const held = await read((em) => r.positions.of(em, d.deploymentId));
      expect(held).toMatchObject({ ...booked, targetSignal: 1, targetQty: '20' });
      await r.run((em) => r.positions.aimAtFlat(em, d.deploymentId));
      expect(await read((em) => r.positions.of(em, d.deploymentId))).toMatchObject({ targetSignal: 0, targetQty: '0' });
    });

    it('of an account and symbol are summed; flat ones are not held', async () => {
      const other = await deployedIn(r, { accountId: d.accountId });
      await r.run(async (em) => {
        await r.positions.book(em, key(), null, booked, NOW);
        const beside = { ...key(), deploymentId: other.deploymentId };
        await r.positions.book(em, beside, null, { ...booked, qty: '-1.5' }, NOW);
      });
      expect(Number(await read((em) => r.positions.sumOf(em, d.accountId, 'GOLD')))).toBe(2.5);
      expect(await read((em) => r.positions.sumOf(em, d.accountId, 'NONE'))).toBe('0');
      const held = await read((em) => r.positions.heldOn(em, d.accountId));
      expect(held.map((one) => one.deploymentId).sort()).toEqual([d.deploymentId, other.deploymentId].sort());
    });

    it('keep the first latch until it is dropped', async () => {
      const latch = { deploymentId: d.deploymentId, latchedSignal: 1, price: '90', lossPct: '10', latchedAt: NOW };
      await r.run((em) => r.positions.setLatch(em, latch));
      await r.run((em) => r.positions.setLatch(em, { ...latch, price: '80' }));
      expect(await read((em) => r.positions.latch(em, d.deploymentId))).toEqual(latch);
      await r.run((em) => r.positions.dropLatch(em, d.deploymentId));
      expect(await read((em) => r.positions.latch(em, d.deploymentId))).toBeNull();
    });
  });

  describe('deployments', () => {
    it('take an id once', async () => {
      expect(await r.run((em) => r.deployments.add(em, d))).toBe(false);
      expect(await read((em) => r.deployments.get(em, d.deploymentId))).toEqual(d);
      expect(await read((em) => r.deployments.tryLock(em, newId()))).toBeNull();
      await expect(read((em) => r.deployments.lock(em, newId()))).rejects.toThrow();
    });

    it('freeze and thaw with their symbol on the account; a drift outlives a thaw', async () => {
      const beside = await deployedIn(r, { accountId: d.accountId });
      const elsewhere = await deployedIn(r);
      const sync = async (): Promise<string[]> =>
        read(async (em) => {
          const rows = [];
          for (const one of [d, beside, elsewhere]) rows.push((await r.deployments.get(em, one.deploymentId)).sync);
          return rows;
        });
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', 'unknown'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      const where = { accountId: d.accountId, symbol: 'GOLD' };
      await r.run((em) => r.deployments.setDrifted(em, where, 'differs', NOW, 'in_sync'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', null));
      await r.run((em) => r.deployments.setDrifted(em, where, 'differs', NOW));
      await r.run((em) => r.deployments.setFrozen(em, d.accountId, 'GOLD', null));
      expect(await sync()).toEqual(['drifted', 'drifted', 'in_sync']);
      await r.run((em) => r.deployments.setAgreed(em, d.deploymentId, NOW));
      expect(await sync()).toEqual(['in_sync', 'drifted', 'in_sync']);
    });

    it('are reconciled while they trade, have something open or wait to be flat', async () => {
      const stopped = () => deployedIn(r, { status: 'stopped' });
      const [unknown, done, flattening] = [await stopped(), await stopped(), await stopped()];
      const created = await deployedIn(r, { status: 'created' });
      await r.run(async (em) => {
        const intents = [sampleIntent(unknown, { state: 'unknown' }), sampleIntent(done, { state: 'done' })];
        await r.orders.addIntents(em, intents);
        const request = { deploymentId: flattening.deploymentId, requestId: newId(), awaits: [], requestedAt: NOW };
        await r.flattens.keep(em, request);
      });
      const found = await read(async (em) => (await r.deployments.toReconcile(em)).map((one) => one.deploymentId));
      const asked = [d, unknown, flattening, done, created];
      expect(asked.map((one) => found.includes(one.deploymentId))).toEqual([true, true, true, false, false]);
      expect(found).toEqual([...found].sort());
      expect(await read((em) => r.deployments.openOf(em, d.strategyId))).toEqual([d.deploymentId]);
    });

    it('are told by an order that they sent', async () => {
      const other = await deployedIn(r, { accountId: d.accountId, dataSource: 'theirs' });
      const intent = sampleIntent(other);
      await r.run((em) => r.orders.addIntents(em, [intent]));
      const sender = await read((em) => r.deployments.senderOf(em, intent.clientOrderId));
      expect(sender).toMatchObject({ ticker: other.ticker, dataSource: 'theirs' });
      expect(await read((em) => r.deployments.senderOf(em, 'nobody'))).toBeNull();
    });
  });

  describe('accounts', () => {
    it('keep the first equity of a day and the highest of all', async () => {
      const { accountId } = d;
      for (const equity of ['1000', '1200', '1100']) {
        await r.run(async (em) => {
          await r.accounts.openDay(em, accountId, '2024-05-15', equity);
          await r.accounts.raisePeak(em, accountId, equity);
        });
      }
      const day = await read((em) => r.accounts.day(em, accountId, '2024-05-15'));
      expect(Number(day?.startEquity)).toBe(1000);
      expect(Number((await read((em) => r.accounts.get(em, accountId))).peakEquity)).toBe(1200);
      expect(await read((em) => r.accounts.day(em, accountId, '2024-05-16'))).toBeNull();
    });

    it('of a kind are those that trade in our time', async () => {
      const ownerId = newId();
      const account = sampleAccount({ ownerId });
      await r.run(async (em) => {
        await r.accounts.add(em, account);
        await r.accounts.add(em, sampleAccount({ ownerId, purpose: 'replay' }));
        await r.accounts.add(em, sampleAccount({ ownerId, currency: 'HKD' }));
      });
      const kind = { ownerId, broker: 'PAPER', paper: true, currency: 'USD' };
      const found = await read((em) => r.accounts.tradingOf(em, kind));
      expect(found.map((one) => one.accountId)).toEqual([account.accountId]);
      expect(await r.run((em) => r.accounts.add(em, account))).toBe(false);
    });
  });

  describe('runs', () => {
    const claim = (close: Date) => r.run((em) => r.runs.claim(em, d.deploymentId, close, 'bar', NOW));

    it('are claimed once, and again while they wait for their bar', async () => {
      const first = await claim(at(0));
      expect(first).toMatchObject({ said: false });
      expect(await claim(at(0))).toEqual({ runId: first!.runId, said: false });
      await r.run((em) => r.runs.set(em, first!.runId, { outcome: 'waiting_for_bars' }));
      expect(await claim(at(0))).toEqual({ runId: first!.runId, said: true });
      await r.run((em) => r.runs.set(em, first!.runId, { state: 'done' }));
      expect(await claim(at(0))).toBeNull();
      expect(await read((em) => r.runs.newestDone(em, d.deploymentId))).toEqual(at(0));
    });

    it('that wait are missed once a newer bar has closed, and catch up when theirs comes after all', async () => {
      await claim(at(0));
      await claim(at(1));
      await r.run((em) => r.runs.miss(em, d.deploymentId, 'too late', NOW, at(1)));
      const waits = (close: Date) => read((em) => r.runs.isWaiting(em, d.deploymentId, close));
      expect([await waits(at(0)), await waits(at(1))]).toEqual([false, true]);
      const close = { deploymentId: d.deploymentId, barCloseTime: at(0), isDue: false };
      await r.run((em) => r.runs.catchUp(em, close, 'late', NOW));
      await r.run((em) => r.runs.catchUp(em, { ...close, barCloseTime: at(-1) }, 'late', NOW));
      await r.run((em) => r.runs.catchUp(em, { ...close, barCloseTime: at(-2), isDue: true }, 'late', NOW));
      const { rows } = await read((em) => r.runs.page(em, d.deploymentId, {}));
      expect(rows.map((row) => [row.state, row.reason])).toEqual([
        ['caught_up', 'late'],
        ['caught_up', 'late'],
        ['waiting_for_bars', null],
      ]);
    });

    it('of stopped deployments say why, after what was said before', async () => {
      const run = await claim(at(0));
      const states = async () => (await read((em) => r.runs.page(em, d.deploymentId, {}))).rows;
      await r.run((em) => r.runs.set(em, run!.runId, { reason: 'no bar' }));
      await r.run((em) => r.runs.missStopped(em, 'stopped', NOW));
      expect(await states()).toMatchObject([{ state: 'waiting_for_bars', reason: 'no bar' }]);
      await r.run((em) => r.deployments.set(em, d.deploymentId, { status: 'stopped' }));
      await r.run((em) => r.runs.missStopped(em, 'stopped', NOW));
      expect(await states()).toMatchObject([
        { state: 'missed', outcome: 'missed', reason: 'no bar; stopped', finishedAt: NOW },
      ]);
    });
  });

  describe('logs', () => {
    const line = { runId: null, action: 'BUY', qty: '10', price: '100', success: false, checks: [] } as const;
    const write = (atMs: number) =>
      r.run((em) =>
        r.logs.write(em, {
          ...line,
          checks: [],
          deployment: d,
          atMs,
          signal: 1,
          reasonCode: 'intended',
          message: 'buys',
        }),
      );

    it('are told what became of the order, each thing once', async () => {
      const logId = await write(NOW.getTime());
      const followed = { orderId: newId(), success: true, reasonCode: 'filled', price: null, message: 'done' };
      for (let i = 0; i < 2; i += 1) await r.run((em) => r.logs.follow(em, logId, followed));
      const [row] = await read((em) => r.logs.newest(em, d.deploymentId, 1));
      expect(row).toMatchObject({ success: true, reasonCode: 'filled', price: '100', message: 'buys; done' });
    });

    it('are given newest first', async () => {
      const ids = [await write(NOW.getTime()), await write(NOW.getTime() + 1)];
      const rows = await read((em) => r.logs.newest(em, d.deploymentId, 5));
      expect(rows.map((row) => row.logId)).toEqual([...ids].reverse());
    });

    it('keep every bit of a signal, and the newest target beside bars without one', async () => {
      const decision = { prediction: NaN, weight: -0, decision: 'keep', reason: null } as const;
      const features = Float64Array.from([0.1, NaN]);
      const bars = [
        { ...decision, openTimeMs: at(0).getTime(), signal: -1, features },
        { ...decision, openTimeMs: at(1).getTime(), signal: NaN, features },
      ];
      const evaluated = { deployment: d, featureNames: ['a', 'b'], evaluatedAt: NOW };
      await r.run((em) => r.logs.addSignals(em, { ...evaluated, decisions: bars as never[] }));
      const newest = await read((em) => r.logs.newestSignal(em, d.deploymentId));
      expect(newest).toMatchObject({ barTime: at(1), signal: NaN, featureValues: [0.1, NaN] });
      expect(Object.is(newest!.weight, -0)).toBe(true);
      expect(await read((em) => r.logs.newestTarget(em, d.deploymentId))).toBe(-1);
    });
  });

  it('flattens that wait are kept once a deployment, until they end', async () => {
    const request = { deploymentId: d.deploymentId, requestId: newId(), awaits: [newId()], requestedAt: NOW };
    await r.run((em) => r.flattens.keep(em, request));
    await r.run((em) => r.flattens.keep(em, { ...request, awaits: [] }));
    expect(await read((em) => r.flattens.lock(em, d.deploymentId))).toEqual({ ...request, awaits: [] });
    await r.run((em) => r.flattens.end(em, d.deploymentId));
    expect(await read((em) => r.flattens.of(em, d.deploymentId))).toBeNull();
  });
}
