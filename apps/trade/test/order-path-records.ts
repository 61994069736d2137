import type { EntityManager } from 'typeorm';
import type { AccountStore } from '../src/records/accounts/account.store';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { DeploymentStore } from '../src/records/deployments/deployment.store';
import type { LogStore } from '../src/records/logs/log.store';
import type { FlattenStore } from '../src/records/orders/flatten.store';
import type { OrderStore } from '../src/records/orders/order.store';
import type { PositionStore } from '../src/records/positions/position.store';
import type { RunStore } from '../src/records/runs/run.store';
import { NOW, sampleAccount, sampleDeployment } from './sample-rows';

/** The stores of the order path, and transactions over them. */
export interface OrderPathRecords {
  run<T>(body: (em: EntityManager) => Promise<T>): Promise<T>;
  accounts: AccountStore;
  deployments: DeploymentStore;
  orders: OrderStore;
  flattens: FlattenStore;
  positions: PositionStore;
  logs: LogStore;
  runs: RunStore;
}

/** So many minutes after the sample's now. */
export const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

/** A stored deployment, on an account of its own unless one is given. */
export const deployedIn = (r: OrderPathRecords, row: Partial<DeploymentEntity> = {}): Promise<DeploymentEntity> =>
  r.run(async (em) => {
    const account = sampleAccount(row.accountId ? { accountId: row.accountId } : {});
    if (!row.accountId) await r.accounts.add(em, account);
    const made = sampleDeployment({ accountId: account.accountId, ownerId: account.ownerId, ...row });
    await r.deployments.add(em, made);
    return made;
  });

/** The records that a contract is about, and a deployment that each of its cases has for itself. */
export interface GivenRecords {
  r: OrderPathRecords;
  d: DeploymentEntity;
}

/** `open` is asked once a contract. */
export function givenRecords(open: () => Promise<OrderPathRecords>): GivenRecords {
  const given = {} as GivenRecords;
  beforeAll(async () => {
    given.r = await open();
  });
  beforeEach(async () => {
    given.d = await deployedIn(given.r);
  });
  return given;
}
