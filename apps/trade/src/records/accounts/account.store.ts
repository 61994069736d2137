import { insertNew } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { lockName } from '../../database/transaction-lock';
import type { RowPage, TimePageQueryDto } from '../../listing/time-page';
import { timePage } from '../../listing/time-page';
import { AccountDayEntity } from './account-day.entity';
import { AccountEntity } from './account.entity';

/** Which accounts a deployment may trade on without naming one. */
export type AccountKind = Pick<AccountEntity, 'ownerId' | 'broker' | 'paper' | 'currency'>;

/** Accounts, and what their limits are measured from. */
@Injectable()
export class AccountStore {
  /** False where the id is taken. */
  add(em: EntityManager, row: AccountEntity): Promise<boolean> {
    return insertNew(em, AccountEntity, row);
  }

  find(em: EntityManager, accountId: string): Promise<AccountEntity | null> {
    return em.findOneBy(AccountEntity, { accountId });
  }

  get(em: EntityManager, accountId: string): Promise<AccountEntity> {
    return em.findOneByOrFail(AccountEntity, { accountId });
  }

  /** Held to the end of the transaction: what is allowed on the account is taken from it one after the other. */
  lock(em: EntityManager, accountId: string): Promise<AccountEntity> {
    return em.findOneOrFail(AccountEntity, { where: { accountId }, lock: { mode: 'pessimistic_write' } });
  }

  /** As `lock`; null where there is none. */
  tryLock(em: EntityManager, accountId: string): Promise<AccountEntity | null> {
    return em.findOne(AccountEntity, { where: { accountId }, lock: { mode: 'pessimistic_write' } });
  }

  async save(em: EntityManager, row: AccountEntity): Promise<void> {
    await em.save(AccountEntity, row);
  }

  withIds(em: EntityManager, accountIds: readonly string[]): Promise<AccountEntity[]> {
    return em.findBy(AccountEntity, { accountId: In([...new Set(accountIds)]) });
  }

  page(em: EntityManager, ownerId: string, query: TimePageQueryDto): Promise<RowPage<AccountEntity>> {
    const own = em.createQueryBuilder(AccountEntity, 'r').where('r.ownerId = :ownerId', { ownerId });
    return timePage(own, { time: 'createdAt', id: 'accountId' }, query);
  }

  /** The accounts of the kind that trade in our time. Nobody opens one for the owner and broker before the transaction ends. */
  async tradingOf(em: EntityManager, kind: AccountKind): Promise<AccountEntity[]> {
    await lockName(em, `account:${kind.ownerId}:${kind.broker}`);
    return em.find(AccountEntity, { where: { ...kind, purpose: 'trading' } });
  }

  /** Keeps the first equity of a trading day. */
  async openDay(em: EntityManager, accountId: string, tradingDay: string, equity: string): Promise<void> {
    await em.query(
      'INSERT INTO trade.account_day (account_id, trading_day, start_equity) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [accountId, tradingDay, equity],
    );
  }

  /** Keeps the highest equity. */
  async raisePeak(em: EntityManager, accountId: string, equity: string): Promise<void> {
    await em.query(
      'UPDATE trade.account SET peak_equity = greatest(coalesce(peak_equity, 0), $2::numeric) WHERE account_id = $1',
      [accountId, equity],
    );
  }

  day(em: EntityManager, accountId: string, tradingDay: string): Promise<AccountDayEntity | null> {
    return em.findOneBy(AccountDayEntity, { accountId, tradingDay });
  }
}
