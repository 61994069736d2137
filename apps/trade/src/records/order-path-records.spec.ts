import { MemoryAccountStore } from '../../test/memory/memory-account.store';
import { MemoryDeploymentStore } from '../../test/memory/memory-deployment.store';
import { MemoryLogStore } from '../../test/memory/memory-log.store';
import { MemoryFlattenStore, MemoryOrderStore } from '../../test/memory/memory-order.store';
import { MemoryPositionStore } from '../../test/memory/memory-position.store';
import { MemoryRecords } from '../../test/memory/memory-records';
import { MemoryRunStore } from '../../test/memory/memory-run.store';
import { orderPathRecordsContract } from '../../test/order-path-records.contract';

describe('records of the order path in memory', () => {
  orderPathRecordsContract(async () => {
    const records = new MemoryRecords();
    return {
      run: (body) => records.run(body),
      accounts: new MemoryAccountStore(records),
      deployments: new MemoryDeploymentStore(records),
      orders: new MemoryOrderStore(records),
      flattens: new MemoryFlattenStore(records),
      positions: new MemoryPositionStore(records),
      logs: new MemoryLogStore(records),
      runs: new MemoryRunStore(records),
    };
  });
});
