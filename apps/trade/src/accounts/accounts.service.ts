import { Transactions } from '@assay/persistence';
import { addAudit, type Principal } from '@assay/platform';
import { Decimal, invalid, notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TimePageQueryDto } from '../listing/time-page';
import type { AccountEntity } from '../records/accounts/account.entity';
import { AccountStore } from '../records/accounts/account.store';
import { AccountBook } from './account-book';
import { accountView } from './account-view';
import type { AccountCreateDto, TradingStateDto } from './account.request';
import type { AccountDto, AccountPageDto } from './account.response';
import { PAPER_CASH, PaperAccounts } from './paper-accounts';

@Injectable()
export class AccountsService {
  constructor(
    private readonly tx: Transactions,
    private readonly accounts: AccountStore,
    private readonly book: AccountBook,
    private readonly paper: PaperAccounts,
  ) {}

  async create(owner: Principal, body: AccountCreateDto): Promise<AccountDto> {
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
      const row = await this.book.open(em, {
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
      const { name, broker, currency, accountId, limits } = row;
      const facts = { account: name, broker, paper, currency, limits, ...(paper && { cash: initialCash.toFixed() }) };
      await addAudit(em, owner.userId, 'account.created', accountId, facts);
      return this.answer(em, row);
    });
  }

  list(owner: Principal, query: TimePageQueryDto): Promise<AccountPageDto> {
    return this.tx.run(async (em) => {
      const { rows, next_cursor } = await this.accounts.page(em, owner.userId, query);
      const cash = await this.paper.of(
        em,
        rows.map((row) => row.accountId),
      );
      const cashOf = new Map(cash.map((one) => [one.accountId, one]));
      return { items: rows.map((row) => accountView(row, cashOf.get(row.accountId) ?? null)), next_cursor };
    });
  }

  async get(owner: Principal, accountId: string): Promise<AccountDto> {
    return this.tx.run(async (em) => this.answer(em, own(owner, accountId, await this.accounts.find(em, accountId))));
  }

  /**
   * Set by a person. Stopping is always possible; only a person lifts HALTED. `refusalOf` says why the caller may not, with the row locked:
   * what it writes is kept although the request is refused.
   */
  async setTradingState(
    owner: Principal,
    accountId: string,
    body: TradingStateDto,
    refusalOf: (em: EntityManager, row: AccountEntity) => Promise<Error | null>,
  ): Promise<AccountDto> {
    const outcome = await this.tx.run(async (em) => {
      const row = own(owner, accountId, await this.accounts.tryLock(em, accountId));
      const refusal = await refusalOf(em, row);
      if (refusal) return { refusal };
      await this.book.setTradingState(em, row, body.trading_state, body.reason, owner.userId);
      return { answer: await this.answer(em, row) };
    });
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.answer;
  }

  private async answer(em: EntityManager, row: AccountEntity): Promise<AccountDto> {
    const [cash] = row.paper ? await this.paper.of(em, [row.accountId]) : [];
    return accountView(row, cash ?? null);
  }
}

/** @throws DomainError 404 for another user's */
function own(owner: Principal, accountId: string, row: AccountEntity | null): AccountEntity {
  if (row?.ownerId !== owner.userId) throw notFound('account', accountId);
  return row;
}
