import { ApiKeyEntity, Transactions, UserEntity } from '@assay/persistence';
import { DomainError, invalidField, notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { DataSource, LessThan } from 'typeorm';
import { AuthService } from './auth.service';
import { hashApiKey, keyPrefix, newApiKey } from './credentials';
import { DEEPEST_LINE, isOfLine, revokeLine } from './key-lineage';
import { isAdministrator, type Principal } from './principal';
import type { Scope } from './scopes';
import { hasScope, SCOPES_OF_ROLE } from './scopes';

export interface NewKey {
  name: string;
  scopes?: Scope[];
  expires_at?: string;
  user_id?: string;
}

const MOST_LISTED = 1_000;

@Injectable()
export class KeysService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly auth: AuthService,
  ) {}

  /**
   * A key can do no more than its user's role and no more than the credential that asks for it, and lives no longer: with the key that
   * made it, it ends.
   */
  async create(input: NewKey, principal: Principal): Promise<{ row: ApiKeyEntity; key: string }> {
    const userId = input.user_id ?? principal.userId;
    if (userId !== principal.userId && !isAdministrator(principal)) throw notFound('user', userId);
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
    const expiresAt = expiryOf(input, principal);
    if ((principal.keyDepth ?? 0) >= DEEPEST_LINE) {
      throw new DomainError(
        'conflict',
        `a key may be at most ${DEEPEST_LINE} keys away from a login, this one is: make the new one with a token or an earlier key`,
        { limit: DEEPEST_LINE },
      );
    }
    const key = newApiKey();
    const id = newId();
    const row = await this.transactions.run(async (em) => {
      await em.insert(ApiKeyEntity, {
        id,
        userId,
        parentId: principal.keyId ?? null,
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

  /** Newest first. */
  async list(
    principal: Principal,
    { limit = MOST_LISTED, cursor }: { limit?: number; cursor?: string } = {},
  ): Promise<{ rows: ApiKeyEntity[]; nextCursor: string | null }> {
    const found = await this.dataSource.manager.find(ApiKeyEntity, {
      where: { userId: principal.userId, ...(cursor ? { id: LessThan(cursor) } : {}) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const rows = found.slice(0, limit);
    return { rows, nextCursor: found.length > limit ? rows.at(-1)!.id : null };
  }

  /** With it the keys that it made. @throws DomainError 403 for a key that may do more than the one that asks */
  async revoke(id: string, principal: Principal): Promise<void> {
    const where: FindOptionsWhere<ApiKeyEntity> = {
      id,
      ...(isAdministrator(principal) ? {} : { userId: principal.userId }),
    };
    const row = await this.dataSource.manager.findOneBy(ApiKeyEntity, where);
    if (!row) throw notFound('key', id);
    await this.refuseFuller(row, principal);
    await this.transactions.run(async (em) => {
      await revokeLine(em, id);
      await this.auth.audit(em, principal.userId, 'key.revoked', id);
    });
  }

  /** Ending a key that one could not have made is more than one's rights, but for those of one's own line. */
  private async refuseFuller(row: ApiKeyEntity, { keyId, scopes }: Principal): Promise<void> {
    if (keyId === undefined) return;
    const missing = row.scopes.filter((scope) => !hasScope(scopes, scope as Scope));
    if (missing.length === 0 || (await isOfLine(this.dataSource, keyId, row.id))) return;
    throw new DomainError(
      'forbidden',
      `a key revokes none that may do more: scope ${missing.join(', ')} is needed; use a token or that key itself`,
      { missing_scopes: missing },
    );
  }
}

/** That of the key that asks where nothing is said. @throws DomainError 422 for a time that is past or beyond it */
function expiryOf({ expires_at: given }: NewKey, { keyExpiresAt = null }: Principal): Date | null {
  if (given === undefined) return keyExpiresAt;
  const expiresAt = new Date(given);
  if (expiresAt <= new Date()) {
    throw invalidField('expires_at', 'future', given, `expires_at must be in the future, was ${given}`);
  }
  if (keyExpiresAt && expiresAt > keyExpiresAt) {
    const end = keyExpiresAt.toISOString();
    const message = `expires_at must not be after ${end}, when the key that asks ends, was ${given}`;
    throw invalidField('expires_at', 'beyond_maker', given, message);
  }
  return expiresAt;
}
