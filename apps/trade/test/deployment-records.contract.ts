import { newId } from '@assay/primitives/ids';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { OrderPathRecords } from './order-path-records';
import { at, deployedIn, givenRecords } from './order-path-records';
import { NOW, sampleIntent } from './sample-rows';

/** What services may expect of deployments, in memory as on a database. */
export function deploymentRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  describe('deployments', () => {
    it('take an id once', async () => {
      expect(await on.r.run((em) => on.r.deployments.add(em, on.d))).toBe(false);
      expect(await on.r.run((em) => on.r.deployments.get(em, on.d.deploymentId))).toEqual(on.d);
      expect(await on.r.run((em) => on.r.deployments.tryLock(em, newId()))).toBeNull();
      await expect(on.r.run((em) => on.r.deployments.lock(em, newId()))).rejects.toThrow();
    });

    it('freeze and thaw with their symbol on the account; a drift outlives a thaw', async () => {
      const beside = await deployedIn(on.r, { accountId: on.d.accountId });
      const elsewhere = await deployedIn(on.r);
      const sync = async (): Promise<string[]> =>
        on.r.run(async (em) => {
          const rows = [];
          for (const one of [on.d, beside, elsewhere])
            rows.push((await on.r.deployments.get(em, one.deploymentId)).sync);
          return rows;
        });
      await on.r.run((em) => on.r.deployments.setFrozen(em, on.d.accountId, 'GOLD', 'unknown'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      const where = { accountId: on.d.accountId, symbol: 'GOLD' };
      await on.r.run((em) => on.r.deployments.setDrifted(em, where, 'differs', NOW, 'in_sync'));
      expect(await sync()).toEqual(['frozen', 'frozen', 'in_sync']);
      await on.r.run((em) => on.r.deployments.setFrozen(em, on.d.accountId, 'GOLD', null));
      await on.r.run((em) => on.r.deployments.setDrifted(em, where, 'differs', NOW));
      await on.r.run((em) => on.r.deployments.setFrozen(em, on.d.accountId, 'GOLD', null));
      expect(await sync()).toEqual(['drifted', 'drifted', 'in_sync']);
      await on.r.run((em) => on.r.deployments.setAgreed(em, on.d.deploymentId, NOW));
      expect(await sync()).toEqual(['in_sync', 'drifted', 'in_sync']);
    });

    it('are reconciled while they trade, have something open or wait to be flat', async () => {
      const stopped = () => deployedIn(on.r, { status: 'stopped' });
      const [unknown, done, flattening] = [await stopped(), await stopped(), await stopped()];
      const created = await deployedIn(on.r, { status: 'created' });
      await on.r.run(async (em) => {
        const intents = [sampleIntent(unknown, { state: 'unknown' }), sampleIntent(done, { state: 'done' })];
        await on.r.orders.addIntents(em, intents);
        const request = { deploymentId: flattening.deploymentId, requestId: newId(), awaits: [], requestedAt: NOW };
        await on.r.flattens.keep(em, request);
      });
      const found = await on.r.run(async (em) =>
        (await on.r.deployments.toReconcile(em)).map((one) => one.deploymentId),
      );
      const asked = [on.d, unknown, flattening, done, created];
      expect(asked.map((one) => found.includes(one.deploymentId))).toEqual([true, true, true, false, false]);
      expect(found).toEqual([...found].sort());
      expect(await on.r.run((em) => on.r.deployments.openOf(em, on.d.strategyId))).toEqual([on.d.deploymentId]);
    });

    it('are told by an order that they sent', async () => {
      const other = await deployedIn(on.r, { accountId: on.d.accountId, dataSource: 'theirs' });
      const intent = sampleIntent(other);
      await on.r.run((em) => on.r.orders.addIntents(em, [intent]));
      const sender = await on.r.run((em) => on.r.deployments.senderOf(em, intent.clientOrderId));
      expect(sender).toMatchObject({ ticker: other.ticker, dataSource: 'theirs' });
      expect(await on.r.run((em) => on.r.deployments.senderOf(em, 'nobody'))).toBeNull();
    });
    it('are read alike by all who hold them, and kept as they are saved', async () => {
      const { deploymentId } = on.d;
      const saved = { ...on.d, status: 'paused', version: 2, userLabel: 'mine' } as const;
      await on.r.run((em) => on.r.deployments.save(em, saved));
      const reads = await on.r.run(async (em) => [
        await on.r.deployments.find(em, deploymentId),
        await on.r.deployments.get(em, deploymentId),
        await on.r.deployments.lock(em, deploymentId),
        await on.r.deployments.tryLock(em, deploymentId),
        await on.r.deployments.lockShared(em, deploymentId),
      ]);
      expect(reads).toEqual([saved, saved, saved, saved, saved]);
      expect(await on.r.run((em) => on.r.deployments.find(em, newId()))).toBeNull();
      await expect(on.r.run((em) => on.r.deployments.lockShared(em, newId()))).rejects.toThrow();
    });

    it('are changed in what is set, and in nothing else', async () => {
      await on.r.run((em) => on.r.deployments.set(em, on.d.deploymentId, { status: 'stopped' }));
      const now = await on.r.run((em) => on.r.deployments.get(em, on.d.deploymentId));
      expect(now).toEqual({ ...on.d, status: 'stopped' });
    });

    it('of a symbol on an account are told by the newest that trades it', async () => {
      const { accountId } = on.d;
      await deployedIn(on.r, { accountId, dataSource: 'newest', createdAt: at(2) });
      await deployedIn(on.r, { accountId, dataSource: 'newer', createdAt: at(1) });
      const trader = (symbol: string) => on.r.run((em) => on.r.deployments.traderOf(em, accountId, symbol));
      expect(await trader('GOLD')).toMatchObject({ ticker: 'GOLD', dataSource: 'newest' });
      expect(await trader('TIN')).toBeNull();
      expect(await on.r.run((em) => on.r.deployments.holdings(em, accountId, 'GOLD'))).toEqual([]);
    });

    it('come in pages of the owner, without the stopped ones unless they are asked for', async () => {
      const { ownerId, accountId } = on.d;
      const stopped = await deployedIn(on.r, { ownerId, accountId, status: 'stopped', createdAt: at(1) });
      const last = await deployedIn(on.r, { ownerId, accountId, createdAt: at(2) });
      const ids = [on.d, stopped, last].map((one) => one.deploymentId);
      type Status = DeploymentEntity['status'] | 'all';
      const page = async (status?: Status, query = {}) => {
        const { rows, next_cursor } = await on.r.run((em) => on.r.deployments.page(em, ownerId, status, query));
        return { ids: rows.map((one) => one.deploymentId), next_cursor };
      };
      expect((await page()).ids).toEqual([ids[0], ids[2]]);
      expect((await page('stopped')).ids).toEqual([ids[1]]);
      const first = await page('all', { limit: 2 });
      const rest = await page('all', { limit: 2, cursor: first.next_cursor });
      expect([...first.ids, ...rest.ids, rest.next_cursor]).toEqual([...ids, null]);
    });
  });
}
