import type { EntityManager } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../src/listing/time-page';
import type { DeploymentEntity } from '../../src/records/deployments/deployment.entity';
import type { Binding, DeploymentStore, Holding } from '../../src/records/deployments/deployment.store';
import type { Queries } from '../../src/records/queries';
import { isOpen } from './memory-order.store';
import { change, copy, type MemoryRecords, must, newestFirst, pageOf } from './memory-records';

const bindingOf = (row: DeploymentEntity | undefined): Binding | null => {
  if (!row) return null;
  const { ticker, market, dataSymbol, dataSource, timeframe, adjustment } = row;
  return { ticker, market, dataSymbol, dataSource, timeframe, adjustment };
};

export class MemoryDeploymentStore implements DeploymentStore {
  constructor(private readonly records: MemoryRecords) {}

  async add(em: EntityManager, row: DeploymentEntity): Promise<boolean> {
    if (await this.find(em, row.deploymentId)) return false;
    this.rows.push(copy(row));
    return true;
  }

  async find(_em: EntityManager, deploymentId: string): Promise<DeploymentEntity | null> {
    return copy(this.rows.find((one) => one.deploymentId === deploymentId) ?? null);
  }

  async get(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return must((await this.find(em, deploymentId)) ?? undefined, `deployment ${deploymentId}`);
  }

  lock(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return this.get(em, deploymentId);
  }

  tryLock(em: EntityManager, deploymentId: string): Promise<DeploymentEntity | null> {
    return this.find(em, deploymentId);
  }

  lockShared(em: EntityManager, deploymentId: string): Promise<DeploymentEntity> {
    return this.get(em, deploymentId);
  }

  async set(_em: EntityManager, deploymentId: string, set: Partial<DeploymentEntity>): Promise<void> {
    change(this.rows, (one) => one.deploymentId === deploymentId, set);
  }

  async save(em: EntityManager, row: DeploymentEntity): Promise<void> {
    await this.set(em, row.deploymentId, row);
  }

  async page(
    _em: EntityManager,
    ownerId: string,
    status: DeploymentEntity['status'] | 'all' | undefined,
    query: TimePageQueryDto,
  ): Promise<RowPage<DeploymentEntity>> {
    const shown = (row: DeploymentEntity): boolean =>
      status === undefined ? row.status !== 'stopped' : status === 'all' || row.status === status;
    const rows = this.rows.filter((one) => one.ownerId === ownerId && shown(one));
    return pageOf(rows, { time: 'createdAt', id: 'deploymentId' }, { limit: 1_000, ...query });
  }

  async openOf(_em: EntityManager, strategyId: string): Promise<string[]> {
    return this.rows
      .filter((one) => one.strategyId === strategyId && one.status !== 'stopped')
      .map((one) => one.deploymentId)
      .sort();
  }

  async toReconcile(): Promise<DeploymentEntity[]> {
    const { intents, flattens } = this.records.tables;
    const open = [...intents.filter(isOpen), ...flattens].map((one) => one.deploymentId);
    const trades = ({ status }: DeploymentEntity): boolean => status === 'active' || status === 'paused';
    const rows = this.rows.filter((one) => trades(one) || open.includes(one.deploymentId));
    return newestFirst(rows, (one) => one.deploymentId)
      .reverse()
      .map(copy);
  }

  async setFrozen(_em: EntityManager, accountId: string, symbol: string, reason: string | null): Promise<void> {
    const trades = (one: DeploymentEntity): boolean => one.accountId === accountId && one.ticker === symbol;
    if (reason !== null) change(this.rows, trades, { sync: 'frozen', syncReason: reason, updatedAt: new Date() });
    else {
      const thawed = { sync: 'in_sync', syncReason: null, updatedAt: new Date() } as const;
      change(this.rows, (one) => trades(one) && one.sync === 'frozen', thawed);
    }
  }

  async setDrifted(
    _em: EntityManager,
    { accountId, symbol }: { accountId: string; symbol: string },
    syncReason: string,
    updatedAt: Date,
    from?: DeploymentEntity['sync'],
  ): Promise<void> {
    const which = (one: DeploymentEntity): boolean =>
      one.accountId === accountId && one.ticker === symbol && (from === undefined || one.sync === from);
    change(this.rows, which, { sync: 'drifted', syncReason, updatedAt });
  }

  async setAgreed(_em: EntityManager, deploymentId: string, updatedAt: Date): Promise<void> {
    const which = (one: DeploymentEntity): boolean => one.deploymentId === deploymentId && one.sync === 'drifted';
    change(this.rows, which, { sync: 'in_sync', syncReason: null, updatedAt });
  }

  async senderOf(_db: Queries, clientOrderId: string): Promise<Binding | null> {
    const sent = this.records.tables.intents.find((one) => one.clientOrderId === clientOrderId);
    return bindingOf(this.rows.find((one) => one.deploymentId === sent?.deploymentId));
  }

  async traderOf(_db: Queries, accountId: string, symbol: string): Promise<Binding | null> {
    const trades = this.rows.filter((one) => one.accountId === accountId && one.ticker === symbol);
    return bindingOf(newestFirst(trades, (one) => one.createdAt.getTime())[0]);
  }

  async holdings(_db: Queries, accountId: string, symbol: string): Promise<Holding[]> {
    return this.rows.filter((one) => one.accountId === accountId && one.ticker === symbol).flatMap(this.holdingsOf);
  }

  async holdingsOfSender(_db: Queries, clientOrderId: string): Promise<Holding[]> {
    const intent = this.records.tables.intents.find((one) => one.clientOrderId === clientOrderId);
    return this.rows.filter((one) => one.deploymentId === intent?.deploymentId).flatMap(this.holdingsOf);
  }

  private readonly holdingsOf = (row: DeploymentEntity): Holding[] => {
    const { positions, states } = this.records.tables;
    const position = positions.find((one) => one.deploymentId === row.deploymentId && Number(one.qty) !== 0);
    const state = states.find((one) => one.deploymentId === row.deploymentId);
    if (!position || !state) return [];
    const { lastBar, lastClose } = state;
    return [{ ...bindingOf(row)!, qty: position.qty, lastBar, lastClose }];
  };

  private get rows(): DeploymentEntity[] {
    return this.records.tables.deployments;
  }
}
