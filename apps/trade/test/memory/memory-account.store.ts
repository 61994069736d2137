import { Decimal } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { RowPage, TimePageQueryDto } from '../../src/listing/time-page';
import type { AccountDayEntity } from '../../src/records/accounts/account-day.entity';
import type { AccountEntity } from '../../src/records/accounts/account.entity';
import type { AccountKind, AccountStore } from '../../src/records/accounts/account.store';
import { change, copy, type MemoryRecords, must, pageOf } from './memory-records';

export class MemoryAccountStore implements AccountStore {
  constructor(private readonly records: MemoryRecords) {}

  async add(em: EntityManager, row: AccountEntity): Promise<boolean> {
    if (await this.find(em, row.accountId)) return false;
    this.rows.push(copy(row));
    return true;
  }

  async find(_em: EntityManager, accountId: string): Promise<AccountEntity | null> {
    return copy(this.rows.find((one) => one.accountId === accountId) ?? null);
  }

  async get(em: EntityManager, accountId: string): Promise<AccountEntity> {
    return must((await this.find(em, accountId)) ?? undefined, `account ${accountId}`);
  }

  lock(em: EntityManager, accountId: string): Promise<AccountEntity> {
    return this.get(em, accountId);
  }

  tryLock(em: EntityManager, accountId: string): Promise<AccountEntity | null> {
    return this.find(em, accountId);
  }

  async save(_em: EntityManager, row: AccountEntity): Promise<void> {
    change(this.rows, (one) => one.accountId === row.accountId, row);
  }

  async withIds(_em: EntityManager, accountIds: readonly string[]): Promise<AccountEntity[]> {
    return this.rows.filter((one) => accountIds.includes(one.accountId)).map(copy);
  }

  async page(_em: EntityManager, ownerId: string, query: TimePageQueryDto): Promise<RowPage<AccountEntity>> {
    const rows = this.rows.filter((one) => one.ownerId === ownerId);
    return pageOf(rows, { time: 'createdAt', id: 'accountId' }, { limit: 1_000, ...query });
  }

  async tradingOf(_em: EntityManager, { ownerId, broker, paper, currency }: AccountKind): Promise<AccountEntity[]> {
    return this.rows
      .filter((one) => one.ownerId === ownerId && one.broker === broker && one.purpose === 'trading')
      .filter((one) => one.paper === paper && one.currency === currency)
      .map(copy);
  }

  async openDay(em: EntityManager, accountId: string, tradingDay: string, startEquity: string): Promise<void> {
    if (await this.day(em, accountId, tradingDay)) return;
    this.records.tables.accountDays.push({ accountId, tradingDay, startEquity });
  }

  async raisePeak(_em: EntityManager, accountId: string, equity: string): Promise<void> {
    const row = this.rows.find((one) => one.accountId === accountId);
    if (row) row.peakEquity = Decimal.max(row.peakEquity ?? 0, equity).toFixed();
  }

  async day(_em: EntityManager, accountId: string, tradingDay: string): Promise<AccountDayEntity | null> {
    const { accountDays } = this.records.tables;
    return copy(accountDays.find((one) => one.accountId === accountId && one.tradingDay === tradingDay) ?? null);
  }

  private get rows(): AccountEntity[] {
    return this.records.tables.accounts;
  }
}
