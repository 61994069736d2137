import type { EventType } from '@assay/contracts';
import type { OrderIntentEntity } from '../src/records/orders/order-intent.entity';
import type { Outbox } from '@assay/persistence';
import type { PlacedAction } from '@assay/market-data';
import { calendarFor } from '@assay/market-data/calendars';
import { AccountBook } from '../src/accounts/account-book';
import type { PaperAccounts } from '../src/accounts/paper-accounts';
import type { LastPrices } from '../src/bars/last-prices';
import type { SymbolLock } from '../src/database/symbol-lock';
import { EndedIntents } from '../src/execution/ended-intents';
import { OpenOrdersService } from '../src/execution/open-orders.service';
import { OrderOutcomes } from '../src/execution/order-outcomes';
import type { Decided } from '../src/execution/order-planner';
import { OrderPlanner } from '../src/execution/order-planner';
import { SendCheck } from '../src/execution/send-check';
import { SymbolFreeze } from '../src/execution/symbol-freeze';
import type { AccountEntity } from '../src/records/accounts/account.entity';
import type { DeploymentEntity } from '../src/records/deployments/deployment.entity';
import type { PositionEntity } from '../src/records/positions/position.entity';
import type { ReferenceDataStore } from '../src/records/reference-data/reference-data.store';
import { EquityMarks } from '../src/risk-gate/equity-marks';
import { RiskFactsReader } from '../src/risk-gate/risk-facts';
import type { RunContext } from '../src/risk-gate/run-context';
import type { SplitGuard } from '../src/risk-gate/split-guard';
import type { VenueFacts } from '../src/risk-gate/venue-facts';
import { MemoryAccountStore } from './memory/memory-account.store';
import { MemoryDeploymentStore } from './memory/memory-deployment.store';
import { MemoryLogStore } from './memory/memory-log.store';
import { MemoryFlattenStore, MemoryOrderStore } from './memory/memory-order.store';
import { MemoryPositionStore } from './memory/memory-position.store';
import { MemoryRecords } from './memory/memory-records';
import { MemoryRunStore } from './memory/memory-run.store';
import { NOW, sampleAccount, sampleDeployment } from './sample-rows';

/** A venue that answers, has money, and takes whole units. */
export const sampleVenue = (facts: Partial<VenueFacts> = {}): VenueFacts => ({
  capabilities: {
    short: true,
    fractional: true,
    paper: true,
    nativeReduceOnly: true,
    orderTypes: ['MARKET', 'LIMIT'],
    timesInForce: ['IOC'],
    clientIdScope: 'all',
    requestValidityMs: 1_000,
  },
  instrument: {
    symbol: 'GOLD',
    lot: '1',
    tick: '0.01',
    minQty: '1',
    minNotional: null,
    currency: 'USD',
    zone: 'America/New_York',
    calendar: 'US',
  },
  health: { reachable: true, tradable: true, clockSkewMs: 0 },
  account: { currency: 'USD', cash: '100000', availableCash: '100000', equity: '100000', feeBps: '5' },
  atVenue: new Set(),
  ...facts,
});

/** The services of the order path over records in memory: one deployment on one account, a venue and a price that a test sets. */
export class OrderDesk {
  readonly records = new MemoryRecords();
  readonly accounts = new MemoryAccountStore(this.records);
  readonly deployments = new MemoryDeploymentStore(this.records);
  readonly orders = new MemoryOrderStore(this.records);
  readonly flattens = new MemoryFlattenStore(this.records);
  readonly positions = new MemoryPositionStore(this.records);
  readonly logs = new MemoryLogStore(this.records);
  readonly runs = new MemoryRunStore(this.records);
  /** Events that were published, by type. */
  readonly events: { type: EventType; data: object }[] = [];
  /** Newest stored price of every symbol. */
  price: string | null = '100';
  fx: { rate: string; asOf: string } | null = null;
  nowMs = NOW.getTime();
  venue = sampleVenue();

  private readonly outbox = {
    publish: async (_em: unknown, event: { type: EventType; data: object }) => void this.events.push(event),
  } as unknown as Outbox;
  private readonly prices = {
    of: async () => (this.price === null ? null : { price: this.price, atMs: this.nowMs }),
    worth: async () => (this.price === null ? null : { price: this.price, atMs: this.nowMs }),
  } as unknown as LastPrices;
  private readonly referenceData = { fxRateAt: async () => this.fx } as unknown as ReferenceDataStore;

  /** Splits that what was decided last does not know. */
  unknownSplits: PlacedAction[] = [];
  private readonly splits = { sinceDecided: async () => this.unknownSplits } as unknown as SplitGuard;

  readonly risk = new RiskFactsReader(
    this.accounts,
    this.deployments,
    this.orders,
    this.positions,
    this.referenceData,
    this.prices,
    this.runs,
  );
  readonly marks = new EquityMarks(this.accounts);
  readonly outcomes = new OrderOutcomes(this.outbox, this.orders, this.positions, this.deployments, this.logs);
  readonly openOrders = new OpenOrdersService(this.records.tx, {} as SymbolLock, this.outcomes, this.orders);
  readonly ended = new EndedIntents(this.orders, this.positions, this.deployments, this.logs);
  readonly freeze = new SymbolFreeze(this.orders, this.deployments);
  readonly check = new SendCheck(
    this.risk,
    this.marks,
    this.prices,
    this.orders,
    this.positions,
    this.runs,
    this.splits,
  );
  readonly planner = new OrderPlanner(
    this.risk,
    this.marks,
    this.openOrders,
    this.orders,
    this.positions,
    this.logs,
    this.accounts,
    new AccountBook(this.accounts, {} as PaperAccounts, this.outbox),
  );
  readonly account: AccountEntity;
  readonly deployment: DeploymentEntity;

  constructor(deployment: Partial<DeploymentEntity> = {}, account: Partial<AccountEntity> = {}) {
    this.account = sampleAccount(account);
    const { accountId, ownerId } = this.account;
    this.deployment = sampleDeployment({ accountId, ownerId, ...deployment });
    this.records.tables.accounts.push(this.account);
    this.records.tables.deployments.push(this.deployment);
  }

  get context(): RunContext {
    const { deployment, venue } = this;
    return { deployment, venue, calendar: calendarFor(deployment.market), clock: { nowMs: () => this.nowMs } };
  }

  /** What the ledger says the deployment holds. */
  holds(qty: string, averagePrice = '100', more: Partial<PositionEntity> = {}): void {
    const { deploymentId, accountId, ticker: symbol } = this.deployment;
    const rest = { targetSignal: null, targetQty: null, realisedPnl: '0', fees: '0', updatedAt: NOW };
    this.records.tables.positions.push({ deploymentId, accountId, symbol, qty, averagePrice, ...rest, ...more });
  }

  /** The planner on the target +1 of a bar that has just closed, as far as `decided` says nothing else. */
  decide(decided: Partial<Decided> = {}): Promise<OrderIntentEntity[]> {
    const closed = { lastCloseMs: this.nowMs, expectedCloseMs: this.nowMs };
    return this.records.run((em) =>
      this.planner.decide(em, this.context, {
        tookBack: false,
        runId: null,
        trigger: 'bar',
        triggerKey: new Date(this.nowMs).toISOString(),
        signal: 1,
        weight: 1,
        joined: true,
        data: closed,
        lastPrice: this.price,
        noSignal: null,
        logHold: true,
        ...decided,
      }),
    );
  }

  /** `ACTION reason` of the rows of the execution log, oldest first. */
  get log(): string[] {
    return this.records.tables.trades.map((row) => `${row.action} ${row.reasonCode}`);
  }
}
