import type { DeploymentDocument } from '@assay/contracts';
import type { Principal } from '@assay/platform';
import { Decimal, invalid, notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import { AccountBook } from './account-book';
import { PAPER_CASH } from './paper-accounts';

/** The account that a deployment trades on. */
@Injectable()
export class DeploymentAccount {
  constructor(
    private readonly accounts: AccountStore,
    private readonly book: AccountBook,
  ) {}

  /**
   * The account that the document names, else the caller's only one for broker, paper and currency; a caller without one gets one (of a
   * live account this is the record alone: no credentials, and nothing trades without a confirmation). A replay lives in its own time, so it
   * never shares an account: it gets its own.
   */
  async find(
    em: EntityManager,
    owner: Principal,
    document: DeploymentDocument,
    currency: string,
    replay: { deploymentId: string; feeBps: string | undefined } | null,
  ): Promise<AccountEntity> {
    const paper = document.paper ?? true;
    const { broker } = document;
    const kind = { ownerId: owner.userId, broker, paper, currency };
    const named = document.account_id ? await this.named(em, owner, document, currency) : null;
    if (replay) {
      return this.book.open(em, {
        ...kind,
        name: `replay ${replay.deploymentId}`,
        purpose: 'replay',
        canShort: named?.canShort ?? true,
        limits: named?.limits ?? {},
        initialCash: Decimal.max(PAPER_CASH, new Decimal(document.sizing?.capital ?? 0).times(2)).toFixed(),
        feeBps: replay.feeBps,
      });
    }
    if (named) return named;

    // Two first deployments of one caller at once must not open two accounts.
    const known = await this.accounts.tradingOf(em, kind);
    if (known.length === 1) return known[0]!;
    if (known.length > 1) {
      const ids = known.map((row) => row.accountId);
      const message = `account_id must be given: ${known.length} accounts at ${broker}`;
      throw invalid([{ field: 'account_id', rule: 'ambiguous', value: ids, message }]);
    }
    const name = `${broker} ${paper ? 'paper' : 'live'}`;
    return this.book.open(em, { ...kind, name, purpose: 'trading', canShort: true });
  }

  private async named(
    em: EntityManager,
    owner: Principal,
    document: DeploymentDocument,
    currency: string,
  ): Promise<AccountEntity> {
    const accountId = document.account_id!;
    const row = await this.accounts.find(em, accountId);
    if (!row || row.ownerId !== owner.userId) throw notFound('account', accountId);
    const paper = document.paper ?? true;
    if (row.broker !== document.broker || row.paper !== paper) {
      const message = `account_id must be a ${paper ? 'paper' : 'live'} account at ${document.broker}, was a ${row.paper ? 'paper' : 'live'} one at ${row.broker}`;
      throw invalid([{ field: 'account_id', rule: 'matches_broker', value: accountId, message }]);
    }
    if (row.currency !== currency) {
      const message = `account_id must be an account in ${currency}, was one in ${row.currency}`;
      throw invalid([{ field: 'account_id', rule: 'currency', value: accountId, message }]);
    }
    return row;
  }
}
