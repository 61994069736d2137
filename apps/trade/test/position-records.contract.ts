import { newId } from '@assay/primitives/ids';
import type { OrderPathRecords } from './order-path-records';
import { at, deployedIn, givenRecords } from './order-path-records';
import { NOW } from './sample-rows';

/** What services may expect of positions and stops, in memory as on a database. */
export function positionRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  describe('positions', () => {
    const booked = { qty: '4', averagePrice: '100', realisedPnl: '1', fees: '0.5' };
    const key = () => ({ deploymentId: on.d.deploymentId, accountId: on.d.accountId, symbol: 'GOLD' });
    const target = (qty: string) => ({ ...key(), signal: 1, qty });

    it('keep what they hold when their target moves, and their target when they are booked', async () => {
      await on.r.run((em) => on.r.positions.aimAt(em, target('10'), NOW));
      const aimed = await on.r.run((em) => on.r.positions.lock(em, on.d.deploymentId));
      expect(aimed).toMatchObject({ averagePrice: null, targetSignal: 1 });
      await on.r.run((em) => on.r.positions.book(em, key(), aimed, booked, at(1)));
      await on.r.run((em) => on.r.positions.aimAt(em, target('20'), at(2)));
      const held = await on.r.run((em) => on.r.positions.of(em, on.d.deploymentId));
      expect(held).toMatchObject({ ...booked, targetSignal: 1, targetQty: '20' });
      await on.r.run((em) => on.r.positions.aimAtFlat(em, on.d.deploymentId));
      expect(await on.r.run((em) => on.r.positions.of(em, on.d.deploymentId))).toMatchObject({
        targetSignal: 0,
        targetQty: '0',
      });
    });

    it('of an account and symbol are summed; flat ones are not held', async () => {
      const other = await deployedIn(on.r, { accountId: on.d.accountId });
      const flat = await deployedIn(on.r, { accountId: on.d.accountId });
      await on.r.run(async (em) => {
        await on.r.positions.book(em, key(), null, booked, NOW);
        const beside = { ...key(), deploymentId: other.deploymentId };
        await on.r.positions.book(em, beside, null, { ...booked, qty: '-1.5' }, NOW);
        const closed = { ...key(), deploymentId: flat.deploymentId };
        await on.r.positions.book(em, closed, null, { ...booked, qty: '0', averagePrice: null }, NOW);
      });
      expect(Number(await on.r.run((em) => on.r.positions.sumOf(em, on.d.accountId, 'GOLD')))).toBe(2.5);
      expect(await on.r.run((em) => on.r.positions.sumOf(em, on.d.accountId, 'NONE'))).toBe('0');
      const held = await on.r.run((em) => on.r.positions.heldOn(em, on.d.accountId));
      expect(held.map((one) => one.deploymentId).sort()).toEqual([on.d.deploymentId, other.deploymentId].sort());
    });

    it('keep the first latch until it is dropped', async () => {
      const latch = { deploymentId: on.d.deploymentId, latchedSignal: 1, price: '90', lossPct: '10', latchedAt: NOW };
      await on.r.run((em) => on.r.positions.setLatch(em, latch));
      await on.r.run((em) => on.r.positions.setLatch(em, { ...latch, price: '80' }));
      expect(await on.r.run((em) => on.r.positions.latch(em, on.d.deploymentId))).toEqual(latch);
      await on.r.run((em) => on.r.positions.dropLatch(em, on.d.deploymentId));
      expect(await on.r.run((em) => on.r.positions.latch(em, on.d.deploymentId))).toBeNull();
    });
    it('of several deployments are asked at once', async () => {
      const other = await deployedIn(on.r, { accountId: on.d.accountId });
      await on.r.run(async (em) => {
        await on.r.positions.book(em, key(), null, booked, NOW);
        await on.r.positions.book(em, { ...key(), deploymentId: other.deploymentId }, null, booked, NOW);
      });
      const of = (...ids: string[]) => on.r.run((em) => on.r.positions.ofDeployments(em, ids));
      expect((await of(other.deploymentId, newId())).map((one) => one.deploymentId)).toEqual([other.deploymentId]);
      expect(await of(on.d.deploymentId, other.deploymentId)).toHaveLength(2);
      expect(await of()).toEqual([]);
    });
  });
}
