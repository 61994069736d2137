import { ApiKeyEntity, newId, Transactions, UserEntity } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { DataSource, IsNull } from 'typeorm';
import { invalidField, notFound, ProblemError } from '../problem';
import { AuthService } from './auth.service';
import { hashApiKey, hashPassword, keyPrefix, newApiKey } from './credentials';
import type { Principal } from './principal';
import type { Scope } from './scopes';
import { hasScope, SCOPES_OF_ROLE } from './scopes';

export interface NewKey {
  name: string;
  scopes?: Scope[];
  expires_at?: string;
  user_id?: string;
}

export interface NewUser {
  username: string;
  password?: string;
  role: UserEntity['role'];
}

const isAdmin = (principal: Principal): boolean => principal.role === 'admin' && hasScope(principal.scopes, 'admin');

@Injectable()
export class KeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly auth: AuthService,
  ) {}

  /** A key can do no more than its user's role and no more than the credential that asks for it. */
  async create(input: NewKey, principal: Principal): Promise<{ row: ApiKeyEntity; key: string }> {
    const userId = input.user_id ?? principal.userId;
    if (userId !== principal.userId && !isAdmin(principal)) throw notFound('user', userId);
    const user = await this.dataSource.manager.findOneBy(UserEntity, { id: userId });
    if (!user) throw notFound('user', userId);
    const limit = SCOPES_OF_ROLE[user.role].filter((scope) => hasScope(principal.scopes, scope));
    const scopes = input.scopes ?? limit;
    const beyond = scopes.filter((scope) => !limit.includes(scope));
    if (beyond.length > 0) {
      throw invalidField(
        'scopes',
        'scope_not_held',
        beyond,
        `scopes must be among ${limit.join(', ')}, was ${beyond.join(', ')}`,
      );
    }
    const expiresAt = input.expires_at ? new Date(input.expires_at) : null;
    if (expiresAt && expiresAt <= new Date()) {
      throw invalidField(
        'expires_at',
        'future',
        input.expires_at,
        `expires_at must be in the future, was ${input.expires_at}`,
      );
    }
    const key = newApiKey();
    const id = newId();
    const row = await this.transactions.run(async (em) => {
      await em.insert(ApiKeyEntity, {
        id,
        userId,
        name: input.name,
        keyPrefix: keyPrefix(key),
        keyHash: hashApiKey(key),
        scopes: [...scopes],
        expiresAt,
      });
      await this.auth.audit(em, principal.userId, 'key.created', id, { user_id: userId, scopes });
      return em.findOneByOrFail(ApiKeyEntity, { id });
    });
    return { row, key };
  }

  async list(principal: Principal): Promise<ApiKeyEntity[]> {
    return this.dataSource.manager.find(ApiKeyEntity, { where: { userId: principal.userId }, order: { id: 'DESC' } });
  }

  async revoke(id: string, principal: Principal): Promise<void> {
    const where: FindOptionsWhere<ApiKeyEntity> = { id, ...(isAdmin(principal) ? {} : { userId: principal.userId }) };
    const row = await this.dataSource.manager.findOneBy(ApiKeyEntity, where);
    if (!row) throw notFound('key', id);
    await this.transactions.run(async (em) => {
      await em.update(ApiKeyEntity, { id, revokedAt: IsNull() }, { revokedAt: new Date() });
      await this.auth.audit(em, principal.userId, 'key.revoked', id);
    });
  }

  async createUser(input: NewUser, principal: Principal): Promise<UserEntity> {
    const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
    return this.transactions.run(async (em) => {
      const id = newId();
      const inserted = await em
        .createQueryBuilder()
        .insert()
        .into(UserEntity)
        .values({ id, username: input.username, role: input.role, passwordHash })
        .orIgnore()
        .returning('id')
        .execute();
      if ((inserted.raw as unknown[]).length === 0) {
        throw new ProblemError('already_exists', `user ${input.username} exists already`, { username: input.username });
      }
      await this.auth.audit(em, principal.userId, 'user.created', id, { role: input.role });
      return em.findOneByOrFail(UserEntity, { id });
    });
  }
}
