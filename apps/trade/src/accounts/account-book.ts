import { Outbox } from '@assay/persistence';
import { addAudit } from '@assay/platform';
import { notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import { PAPER_CASH, PAPER_FEE_BPS, PaperAccounts } from './paper-accounts';

export interface NewAccount {
  accountId?: string;
  ownerId: string;
  name: string;
  broker: string;
  paper: boolean;
  purpose: AccountEntity['purpose'];
  currency: string;
  canShort: boolean;
  limits?: AccountEntity['limits'];
  initialCash?: string;
  feeBps?: string;
}

/** Opens accounts and changes what may trade on them. */
@Injectable()
export class AccountBook {
  constructor(
    private readonly accounts: AccountStore,
    private readonly paper: PaperAccounts,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError 409 `already_exists`, 404 where the id is another user's */
  async open(em: EntityManager, input: NewAccount): Promise<AccountEntity> {
    const now = new Date();
    const { initialCash = PAPER_CASH, feeBps = PAPER_FEE_BPS, accountId = newId(), limits = {}, ...rest } = input;
    const row: AccountEntity = {
      ...rest,
      accountId,
      limits,
      tradingState: 'ACTIVE',
      tradingStateReason: null,
      peakEquity: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.accounts.add(em, row))) await this.refuseTaken(em, row.ownerId, accountId);
    if (row.paper) await this.paper.open(em, { accountId, currency: row.currency, initialCash, feeBps }, now);
    return row;
  }

  /** Writes the state with its reason and tells the world when the account may no longer enter. */
  async setTradingState(
    em: EntityManager,
    row: AccountEntity,
    state: AccountEntity['tradingState'],
    reason: string,
    actor: string | null,
  ): Promise<void> {
    const before = row.tradingState;
    if (before === state) return;
    Object.assign(row, {
      tradingState: state,
      tradingStateReason: reason,
      version: row.version + 1,
      updatedAt: new Date(),
    });
    await this.accounts.save(em, row);
    const facts = {
      account: row.name,
      from: before,
      to: state,
      reason,
      ...(actor === null && { owner_id: row.ownerId }),
    };
    await addAudit(em, actor, 'account.trading_state', row.accountId, facts);
    if (state !== 'ACTIVE') {
      await this.outbox.publish(em, {
        type: 'risk.halted',
        aggregateId: row.accountId,
        data: { account_id: row.accountId, owner_id: row.ownerId, trading_state: state, reason },
        actor,
      });
    }
  }

  private async refuseTaken(em: EntityManager, ownerId: string, accountId: string): Promise<never> {
    if ((await this.accounts.find(em, accountId))?.ownerId !== ownerId) throw notFound('account', accountId);
    throw refuse('already_exists', `account ${accountId} exists already: leave account_id out, or send a new one`, {
      account_id: accountId,
    });
  }
}
