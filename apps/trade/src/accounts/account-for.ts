import type { DeploymentDocument } from '@assay/contracts';
import type { Principal } from '@assay/platform';
import { Decimal, invalid, notFound } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../records/accounts/account.entity';
import { createAccount, PAPER_CASH } from './accounts.service';

/**
 * The account a deployment trades on: the one it names, else the caller's only one for broker, paper and currency; a caller without
 * one gets one (of a live account this is the record alone: no credentials, and nothing trades without a confirmation). A replay lives in its own time, so it never shares an account: it gets its own.
 */
export async function accountFor(
  em: EntityManager,
  owner: Principal,
  document: DeploymentDocument,
  currency: string,
  replay: { deploymentId: string; feeBps: string | undefined } | null,
): Promise<AccountEntity> {
  const paper = document.paper ?? true;
  const { broker } = document;
  const base = { ownerId: owner.userId, broker, paper, currency };
  const named = document.account_id ? await namedAccount(em, owner, document, currency) : null;
  if (replay) {
    const canShort = named?.canShort ?? true;
    const limits = named?.limits ?? {};
    const initialCash = Decimal.max(PAPER_CASH, new Decimal(document.sizing?.capital ?? 0).times(2)).toFixed();
    const name = `replay ${replay.deploymentId}`;
    return createAccount(em, {
      ...base,
      name,
      purpose: 'replay',
      canShort,
      limits,
      initialCash,
      feeBps: replay.feeBps,
    });
  }
  if (named) return named;

  // Two first deployments of one caller at once must not open two accounts.
  await em.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`account:${owner.userId}:${broker}`]);
  const known = await em.find(AccountEntity, {
    where: { ownerId: owner.userId, broker, paper, currency, purpose: 'trading' },
  });
  if (known.length === 1) return known[0]!;
  if (known.length > 1) {
    const ids = known.map((row) => row.accountId);
    const message = `account_id must be given: ${known.length} accounts at ${broker}`;
    throw invalid([{ field: 'account_id', rule: 'ambiguous', value: ids, message }]);
  }
  return createAccount(em, {
    ...base,
    name: `${broker} ${paper ? 'paper' : 'live'}`,
    purpose: 'trading',
    canShort: true,
  });
}

async function namedAccount(
  em: EntityManager,
  owner: Principal,
  document: DeploymentDocument,
  currency: string,
): Promise<AccountEntity> {
  const accountId = document.account_id!;
  const row = await em.findOneBy(AccountEntity, { accountId });
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
