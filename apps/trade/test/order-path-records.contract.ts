import { newId } from '@assay/primitives/ids';
import { accountRecordsContract } from './account-records.contract';
import { deploymentRecordsContract } from './deployment-records.contract';
import { logRecordsContract } from './log-records.contract';
import type { OrderPathRecords } from './order-path-records';
import { givenRecords } from './order-path-records';
import { orderRecordsContract } from './order-records.contract';
import { positionRecordsContract } from './position-records.contract';
import { runRecordsContract } from './run-records.contract';
import { NOW, sampleIntent } from './sample-rows';

/** What services may expect of the stores of the order path, in memory as on a database. `open` is asked once. */
export function orderPathRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);
  const opened = async (): Promise<OrderPathRecords> => on.r;
  accountRecordsContract(opened);
  deploymentRecordsContract(opened);
  orderRecordsContract(opened);
  positionRecordsContract(opened);
  runRecordsContract(opened);
  logRecordsContract(opened);

  describe('a transaction', () => {
    it('that fails leaves everything as it was', async () => {
      const intent = sampleIntent(on.d);
      const failing = on.r.run(async (em) => {
        await on.r.orders.addIntents(em, [intent]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await on.r.run((em) => on.r.orders.openIntents(em, on.d.deploymentId))).toEqual([]);
    });
  });

  it('flattens that wait are kept once a deployment, until they end', async () => {
    const request = { deploymentId: on.d.deploymentId, requestId: newId(), awaits: [newId()], requestedAt: NOW };
    await on.r.run((em) => on.r.flattens.keep(em, request));
    await on.r.run((em) => on.r.flattens.keep(em, { ...request, awaits: [] }));
    expect(await on.r.run((em) => on.r.flattens.lock(em, on.d.deploymentId))).toEqual({ ...request, awaits: [] });
    await on.r.run((em) => on.r.flattens.end(em, on.d.deploymentId));
    expect(await on.r.run((em) => on.r.flattens.of(em, on.d.deploymentId))).toBeNull();
  });
}
