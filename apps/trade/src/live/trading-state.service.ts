import { addAudit, hasScope, type Principal } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TradingStateDto } from '../accounts/account.request';
import type { AccountDto } from '../accounts/account.response';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountEntity } from '../records/accounts/account.entity';
import { LiveStore } from '../records/live/live.store';
import { TradePasswordService } from './trade-password.service';

/** So many wrong trade passwords are taken for an account in so many minutes. */
const MOST_GUESSES = 5;
const GUESSES_MINUTES = 15;

/** From what stops most to what stops nothing. */
const FREEDOM = ['HALTED', 'REDUCING', 'ACTIVE'] as const;

/** What an account may do, as a person sets it: who lets real money trade again proves it as who resumes a live deployment. */
@Injectable()
export class TradingStateService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly passwords: TradePasswordService,
    private readonly store: LiveStore,
  ) {}

  /** @throws DomainError forbidden without the scope, confirmation_required or confirmation_failed without the trade password */
  set(owner: Principal, accountId: string, body: TradingStateDto): Promise<AccountDto> {
    return this.accounts.setTradingState(owner, accountId, body, async (em, row) =>
      loosensLive(row, body.trading_state) ? this.unconfirmed(em, owner, row, body.trade_password) : null,
    );
  }

  /** Why the caller may not let a live account trade more; null where the trade password is right. */
  private async unconfirmed(
    em: EntityManager,
    owner: Principal,
    { accountId, name }: AccountEntity,
    password: string | undefined,
  ): Promise<Error | null> {
    if (!hasScope(owner.scopes, 'trade:live')) {
      const message = 'scope trade:live is needed to let a live account trade again';
      return refuse('forbidden', message, { missing_scopes: ['trade:live'] });
    }
    if (password === undefined) {
      const message = 'trade_password must be given to let a live account trade again';
      return refuse('confirmation_required', message, { account_id: accountId });
    }
    if ((await this.store.refusalsSince(em, accountId, GUESSES_MINUTES)) >= MOST_GUESSES) {
      const message = `trade_password was wrong ${MOST_GUESSES} times within ${GUESSES_MINUTES} minutes: try again later`;
      return refuse('confirmation_failed', message);
    }
    if (await this.passwords.matches(em, owner.userId, password)) return null;
    await addAudit(em, owner.userId, 'live.refused', accountId, { account: name, why: 'trade password' });
    return refuse('confirmation_failed', 'trade_password is not the one that is set');
  }
}

const loosensLive = ({ paper, tradingState }: AccountEntity, next: AccountEntity['tradingState']): boolean =>
  !paper && FREEDOM.indexOf(next) > FREEDOM.indexOf(tradingState);
