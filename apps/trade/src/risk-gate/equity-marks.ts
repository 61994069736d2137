import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import type { RunContext } from './run-context';

/** Whether the account's limits are to be judged. Where the venue told no equity, no entry passes the cash check anyway, and an exit needs none. */
export const isLimited = ({ venue }: Pick<RunContext, 'venue'>, account: AccountEntity): boolean =>
  venue.health.reachable && venue.account !== null && Object.keys(account.limits).length > 0;

/** Keeps what the limits of an account are measured from: the first equity of each trading day, and the highest. */
@Injectable()
export class EquityMarks {
  constructor(private readonly accounts: AccountStore) {}

  /** The caller holds the account's row lock. */
  async keep(em: EntityManager, context: RunContext, account: AccountEntity): Promise<void> {
    if (!isLimited(context, account)) return;
    const { calendar, clock, venue } = context;
    const { equity } = venue.account!;
    await this.accounts.openDay(em, account.accountId, calendar.tradingDate(clock.nowMs()), equity);
    await this.accounts.raisePeak(em, account.accountId, equity);
  }
}
