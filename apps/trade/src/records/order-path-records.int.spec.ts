import { Transactions } from '@assay/persistence';
import * as testing from '@assay/testing';
import { orderPathRecordsContract } from '../../test/order-path-records.contract';
import type { TradeStack } from '../../test/trade-stack';
import { startTrade } from '../../test/trade-stack';
import { AccountStore } from './accounts/account.store';
import { DeploymentStore } from './deployments/deployment.store';
import { LogStore } from './logs/log.store';
import { FlattenStore } from './orders/flatten.store';
import { OrderStore } from './orders/order.store';
import { PositionStore } from './positions/position.store';
import { RunStore } from './runs/run.store';

jest.setTimeout(60_000);

describe('records of the order path on a database', () => {
  let trade: TradeStack;
  afterAll(() => trade?.close());

  orderPathRecordsContract(async () => {
    trade = await startTrade(testing, { worker: false });
    const { http } = trade;
    const tx = http.get(Transactions);
    return {
      run: (body) => tx.run(body),
      accounts: http.get(AccountStore),
      deployments: http.get(DeploymentStore),
      orders: http.get(OrderStore),
      flattens: http.get(FlattenStore),
      positions: http.get(PositionStore),
      logs: http.get(LogStore),
      runs: http.get(RunStore),
    };
  });
});
