import { SignInCodeEntity, Transactions, UserEntity } from '@assay/persistence';
import { DomainError, notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource, LessThan } from 'typeorm';
import type { Subject } from './attempts';
import { Attempts } from './attempts';
import { AuthService } from './auth.service';
import { hashSignInCode, newSignInCode } from './credentials';
import { isAdministrator, type Principal } from './principal';
import { CODE_MINUTES } from './sign-in-link';

const spent = (): DomainError =>
  new DomainError(
    'unauthenticated',
    `the sign-in code has been used, is older than ${CODE_MINUTES} minutes or was never made: ask for a new one (assay sign-in, or npm start again)`,
  );

/** Codes that sign a user in once, for a link that a terminal shows. */
@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly auth: AuthService,
    private readonly attempts: Attempts,
  ) {}

  /** A code for oneself or, as administrator, for another. @returns the code: shown once, kept as a hash only */
  async create(principal: Principal, forUser?: string): Promise<{ code: string; expiresAt: Date }> {
    const userId = forUser ?? principal.userId;
    if (userId !== principal.userId && !isAdministrator(principal)) throw notFound('user', userId);
    if (!(await this.dataSource.manager.existsBy(UserEntity, { id: userId }))) throw notFound('user', userId);
    const [code, expiresAt] = [newSignInCode(), new Date(Date.now() + CODE_MINUTES * 60_000)];
    await this.transactions.run(async (em) => {
      await em.delete(SignInCodeEntity, { expiresAt: LessThan(new Date()) });
      const keyId = principal.keyId ?? null;
      await em.insert(SignInCodeEntity, { codeHash: hashSignInCode(code), userId, keyId, expiresAt });
      await this.auth.audit(em, principal.userId, 'sign_in_code.created', userId);
    });
    return { code, expiresAt };
  }

  /**
   * A token for a code, which is spent by that: of two who send it at once one gets the token.
   * @throws DomainError 401; 429 after too many of one address
   */
  async redeem(code: string, address: string): Promise<string> {
    const subjects: Subject[] = [{ kind: 'login', value: `address ${address}` }];
    this.attempts.refuseBlocked(subjects);
    await this.attempts.count(subjects);
    const token = await this.transactions.run(async (em) => {
      const found = await take(em, hashSignInCode(code));
      const user = found && (await em.findOneBy(UserEntity, { id: found.userId, disabled: false }));
      if (!user) return undefined;
      await this.auth.audit(em, user.id, 'login.by_code', user.id);
      return this.auth.sign(user, found.keyId);
    });
    if (token !== undefined) return token;
    await this.auth.audit(this.dataSource.manager, null, 'login.refused', 'sign-in code');
    throw spent();
  }
}

async function take(em: EntityManager, codeHash: string): Promise<SignInCodeEntity | undefined> {
  const { raw } = await em
    .createQueryBuilder()
    .delete()
    .from(SignInCodeEntity)
    .where('code_hash = :codeHash AND expires_at > now()', { codeHash })
    .returning('user_id, key_id')
    .execute();
  const [row] = raw as { user_id: string; key_id: string | null }[];
  return row && Object.assign(new SignInCodeEntity(), { userId: row.user_id, keyId: row.key_id });
}
