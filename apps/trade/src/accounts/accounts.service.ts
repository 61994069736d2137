import { insertNew, Outbox, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { Decimal, invalid, newId, notFound, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { timePage, type Page, type TimePageQueryDto } from '../listing/time-page';
import { PaperAccountEntity } from '../adapters/paper/paper-account.entity';
import type { AccountCreateDto, TradingStateDto } from './account.request';
import { AccountEntity } from '../records/accounts/account.entity';

/** Opening cash of a paper account where nothing is said. */
export const PAPER_CASH = '1000000';
/** Fee of a paper account where nothing is said, in basis points of the notional. */
export const PAPER_FEE_BPS = '5';

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

@Injectable()
export class AccountsService {
  constructor(
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
  ) {}

  async create(owner: Principal, body: AccountCreateDto): Promise<object> {
    const paper = body.paper ?? true;
    if (!paper && body.initial_cash !== undefined) {
      throw invalid([
        {
          field: 'initial_cash',
          rule: 'paper_only',
          value: body.initial_cash,
          message: 'initial_cash must be absent for a live account: its cash is what the broker says',
        },
      ]);
    }
    const initialCash = new Decimal(body.initial_cash ?? PAPER_CASH);
    if (initialCash.lte(0)) {
      throw invalid([
        {
          field: 'initial_cash',
          rule: 'positive',
          value: body.initial_cash,
          message: `initial_cash must be above 0, was ${initialCash.toString()}`,
        },
      ]);
    }
    return this.tx.run(async (em) => {
      const row = await createAccount(em, {
        accountId: body.account_id,
        ownerId: owner.userId,
        name: body.name ?? `${body.broker} ${paper ? 'paper' : 'live'}`,
        broker: body.broker,
        paper,
        purpose: 'trading',
        currency: body.currency ?? 'USD',
        canShort: body.can_short ?? true,
        limits: body.limits ?? {},
        initialCash: initialCash.toFixed(),
        feeBps: body.fee_bps === undefined ? undefined : new Decimal(body.fee_bps).toFixed(),
      });
      return accountAnswer(em, row);
    });
  }

  list(owner: Principal, query: TimePageQueryDto): Promise<Page> {
    return this.tx.run(async (em) => {
      const own = em.createQueryBuilder(AccountEntity, 'r').where('r.ownerId = :owner', { owner: owner.userId });
      const { rows, next_cursor } = await timePage(own, { time: 'createdAt', id: 'accountId' }, query);
      const cash = await em.findBy(PaperAccountEntity, { accountId: In(rows.map((row) => row.accountId)) });
      const cashOf = new Map(cash.map((one) => [one.accountId, one]));
      return { items: rows.map((row) => accountView(row, cashOf.get(row.accountId) ?? null)), next_cursor };
    });
  }

  async get(owner: Principal, accountId: string): Promise<object> {
    return this.tx.run(async (em) => accountAnswer(em, await ownAccount(em, owner, accountId)));
  }

  /** Set by a person. Stopping is always possible; only a person lifts HALTED. */
  async setTradingState(owner: Principal, accountId: string, body: TradingStateDto): Promise<object> {
    return this.tx.run(async (em) => {
      const row = await ownAccount(em, owner, accountId, true);
      await setTradingState(em, this.outbox, row, body.trading_state, body.reason, owner.userId);
      return accountAnswer(em, row);
    });
  }
}

/** @throws DomainError 409 `already_exists`, 404 where the id is another user's */
async function refuseTaken(em: EntityManager, ownerId: string, accountId: string): Promise<never> {
  if (!(await em.existsBy(AccountEntity, { accountId, ownerId }))) throw notFound('account', accountId);
  throw refuse('already_exists', `account ${accountId} exists already: leave account_id out, or send a new one`, {
    account_id: accountId,
  });
}

/** Writes the state with its reason and tells the world when the account may no longer enter. */
export async function setTradingState(
  em: EntityManager,
  outbox: Outbox,
  row: AccountEntity,
  state: AccountEntity['tradingState'],
  reason: string,
  actor: string | null,
): Promise<void> {
  if (row.tradingState === state) return;
  Object.assign(row, {
    tradingState: state,
    tradingStateReason: reason,
    version: row.version + 1,
    updatedAt: new Date(),
  });
  await em.save(AccountEntity, row);
  if (state !== 'ACTIVE') {
    await outbox.publish(em, {
      type: 'risk.halted',
      aggregateId: row.accountId,
      data: { account_id: row.accountId, owner_id: row.ownerId, trading_state: state, reason },
      actor,
    });
  }
}

export async function createAccount(em: EntityManager, input: NewAccount): Promise<AccountEntity> {
  const now = new Date();
  const { initialCash, feeBps = PAPER_FEE_BPS, accountId = newId(), limits = {}, ...rest } = input;
  const row = em.create(AccountEntity, {
    ...rest,
    accountId,
    limits,
    tradingState: 'ACTIVE',
    tradingStateReason: null,
    peakEquity: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  if (!(await insertNew(em, AccountEntity, row))) await refuseTaken(em, row.ownerId, accountId);
  if (input.paper) {
    const cash = initialCash ?? PAPER_CASH;
    const { currency } = input;
    await em.insert(PaperAccountEntity, { accountId, currency, initialCash: cash, cash, feeBps, createdAt: now });
  }
  return row;
}

export async function ownAccount(
  em: EntityManager,
  owner: Principal,
  accountId: string,
  lock = false,
): Promise<AccountEntity> {
  const row = await em.findOne(AccountEntity, {
    where: { accountId },
    ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
  if (!row || row.ownerId !== owner.userId) throw notFound('account', accountId);
  return row;
}

async function accountAnswer(em: EntityManager, row: AccountEntity): Promise<object> {
  return accountView(row, row.paper ? await em.findOneBy(PaperAccountEntity, { accountId: row.accountId }) : null);
}

function accountView(row: AccountEntity, cash: PaperAccountEntity | null): object {
  return {
    account_id: row.accountId,
    name: row.name,
    broker: row.broker,
    paper: row.paper,
    purpose: row.purpose,
    currency: row.currency,
    can_short: row.canShort,
    trading_state: row.tradingState,
    trading_state_reason: row.tradingStateReason,
    limits: row.limits,
    cash: cash?.cash ?? null,
    initial_cash: cash?.initialCash ?? null,
    fee_bps: cash ? Number(cash.feeBps) : null,
    version: row.version,
    created_at: row.createdAt.toISOString(),
  };
}
