import { DEFAULT_RISK_LIMITS } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import type { AccountEntity } from '../src/records/accounts/account.entity';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { FillEntity } from '../src/records/orders/fill.entity';
import type { OrderIntentEntity } from '../src/records/orders/order-intent.entity';
import type { OrderEntity } from '../src/records/orders/order.entity';

/** A Wednesday afternoon in New York. */
export const NOW = new Date('2024-05-15T18:00:00Z');

export const sampleAccount = (row: Partial<AccountEntity> = {}): AccountEntity => ({
  accountId: newId(),
  ownerId: newId(),
  name: 'paper',
  broker: 'PAPER',
  paper: true,
  purpose: 'trading',
  currency: 'USD',
  canShort: true,
  tradingState: 'ACTIVE',
  tradingStateReason: null,
  limits: {},
  peakEquity: null,
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  ...row,
});

/** Ten units of a US symbol, decided at each daily close, on an account of its own unless one is given. */
export function sampleDeployment(row: Partial<DeploymentEntity> = {}): DeploymentEntity {
  const strategyId = newId();
  return {
    deploymentId: newId(),
    strategyId,
    strategyRevision: 1,
    configHash: 'c'.repeat(64),
    artifactSha256: null,
    evidenceId: null,
    ownerId: newId(),
    portfolio: null,
    userLabel: null,
    broker: 'PAPER',
    ticker: 'GOLD',
    dataSymbol: 'GOLD',
    dataSource: 'test',
    adjustment: 'none',
    firstBar: null,
    timeframe: '1d',
    qty: '10',
    capital: null,
    accountId: newId(),
    paper: true,
    market: 'US',
    schedule: 'daily_close',
    enabled: true,
    status: 'active',
    sync: 'in_sync',
    syncReason: null,
    riskLimits: { ...DEFAULT_RISK_LIMITS, stop_loss_pct: 5 },
    joinRule: 'now',
    joined: true,
    rebalanceBand: '0',
    warnings: [],
    document: {
      strategy_id: strategyId,
      broker: 'PAPER',
      ticker: 'GOLD',
      qty: '10',
      paper: true,
      schedule: 'daily_close',
      enabled: true,
    },
    nextRunAt: null,
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
    ...row,
  };
}

/** An entry of the deployment that waits for its sending. */
export function sampleIntent(of: DeploymentEntity, row: Partial<OrderIntentEntity> = {}): OrderIntentEntity {
  const intentId = row.intentId ?? newId();
  return {
    intentId,
    deploymentId: of.deploymentId,
    accountId: of.accountId,
    ownerId: of.ownerId,
    strategyRevision: of.strategyRevision,
    broker: of.broker,
    symbol: of.ticker,
    trigger: 'bar',
    triggerKey: intentId,
    leg: 'open',
    attempt: 1,
    intentKey: intentId,
    clientOrderId: intentId.slice(-26),
    side: 'BUY',
    qty: '10',
    reduceOnly: false,
    signal: '1',
    decisionPrice: '100',
    limitPrice: null,
    logId: null,
    state: 'waiting',
    reason: null,
    dependsOn: null,
    sendAfter: NOW,
    expiresAt: new Date(NOW.getTime() + 3_600_000),
    createdAt: NOW,
    updatedAt: NOW,
    ...row,
  };
}

/** The order that an intent became. */
export const sampleOrder = (of: OrderIntentEntity, row: Partial<OrderEntity> = {}): OrderEntity => ({
  orderId: newId(),
  intentId: of.intentId,
  deploymentId: of.deploymentId,
  accountId: of.accountId,
  clientOrderId: of.clientOrderId,
  venueOrderId: null,
  symbol: of.symbol,
  side: of.side,
  orderType: 'MARKET',
  limitPrice: null,
  qty: of.qty,
  reduceOnly: of.reduceOnly,
  state: 'PENDING_NEW',
  filledQty: '0',
  averagePrice: null,
  rejectCode: null,
  message: null,
  sendToken: 0,
  sendStartedAt: null,
  sentAt: NOW,
  updatedAt: NOW,
  ...row,
});

export const sampleFill = (of: OrderEntity, row: Partial<FillEntity> = {}): FillEntity => ({
  fillId: newId(),
  orderId: of.orderId,
  deploymentId: of.deploymentId,
  accountId: of.accountId,
  venueFillId: newId(),
  side: of.side,
  qty: of.qty,
  price: '100',
  fee: '0',
  filledAt: NOW,
  ...row,
});
