import { Decimal } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { PositionEntity } from '../../src/records/positions/position.entity';
import type { Booked, PositionStore, Target } from '../../src/records/positions/position.store';
import type { StopLatchEntity } from '../../src/records/positions/stop-latch.entity';
import { change, copy, type MemoryRecords } from './memory-records';

const FLAT = { qty: '0', averagePrice: null, realisedPnl: '0', fees: '0' };

export class MemoryPositionStore implements PositionStore {
  constructor(private readonly records: MemoryRecords) {}

  async of(_em: EntityManager, deploymentId: string): Promise<PositionEntity | null> {
    return copy(this.rows.find((one) => one.deploymentId === deploymentId) ?? null);
  }

  lock(em: EntityManager, deploymentId: string): Promise<PositionEntity | null> {
    return this.of(em, deploymentId);
  }

  async ofDeployments(_em: EntityManager, deploymentIds: readonly string[]): Promise<PositionEntity[]> {
    return this.rows.filter((one) => deploymentIds.includes(one.deploymentId)).map(copy);
  }

  async heldOn(
    _em: EntityManager,
    accountId: string,
  ): Promise<Pick<PositionEntity, 'deploymentId' | 'qty' | 'averagePrice'>[]> {
    return this.rows
      .filter((one) => one.accountId === accountId && !new Decimal(one.qty).isZero())
      .map(({ deploymentId, qty, averagePrice }) => ({ deploymentId, qty, averagePrice }));
  }

  async sumOf(_em: EntityManager, accountId: string, symbol: string): Promise<string> {
    const rows = this.rows.filter((one) => one.accountId === accountId && one.symbol === symbol);
    return rows.reduce((sum, row) => sum.plus(row.qty), new Decimal(0)).toFixed();
  }

  async aimAt(_em: EntityManager, target: Target, updatedAt: Date): Promise<void> {
    const { deploymentId, accountId, symbol } = target;
    const set = { targetSignal: target.signal, targetQty: target.qty, updatedAt };
    if (change(this.rows, (one) => one.deploymentId === deploymentId, set) > 0) return;
    this.rows.push({ deploymentId, accountId, symbol, ...FLAT, ...set });
  }

  async aimAtFlat(_em: EntityManager, deploymentId: string): Promise<void> {
    change(this.rows, (one) => one.deploymentId === deploymentId, { targetSignal: 0, targetQty: '0' });
  }

  async book(
    _em: EntityManager,
    key: Pick<PositionEntity, 'deploymentId' | 'accountId' | 'symbol'>,
    held: PositionEntity | null,
    booked: Booked,
    updatedAt: Date,
  ): Promise<void> {
    const set = { ...booked, updatedAt };
    if (held) change(this.rows, (one) => one.deploymentId === key.deploymentId, set);
    else this.rows.push({ ...key, ...set, targetSignal: null, targetQty: null });
  }

  async latch(_em: EntityManager, deploymentId: string): Promise<StopLatchEntity | null> {
    return copy(this.records.tables.latches.find((one) => one.deploymentId === deploymentId) ?? null);
  }

  async setLatch(em: EntityManager, latch: StopLatchEntity): Promise<void> {
    if (!(await this.latch(em, latch.deploymentId))) this.records.tables.latches.push(copy(latch));
  }

  async dropLatch(_em: EntityManager, deploymentId: string): Promise<void> {
    const { tables } = this.records;
    tables.latches = tables.latches.filter((one) => one.deploymentId !== deploymentId);
  }

  private get rows(): PositionEntity[] {
    return this.records.tables.positions;
  }
}
