import type { UserEntity } from '@assay/persistence';
import { ApiKeyEntity, insertNew, RevokedTokenEntity, Transactions, UserEntity as User } from '@assay/persistence';
import { DomainError, isDomainError } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { EntityManager } from 'typeorm';
import { DataSource, LessThan } from 'typeorm';
import { addAudit } from './audit.service';
import type { Subject } from './attempts';
import { Attempts } from './attempts';
import { hashApiKey, keyPrefix, looksLikeJwt, verifyPassword } from './credentials';
import type { KeyRights } from './key-lineage';
import { rightsOfKey } from './key-lineage';
import type { Principal } from './principal';
import { hasScope, SCOPES_OF_ROLE } from './scopes';

export const TOKEN_SECONDS = 12 * 3600;
const LAST_USED_EVERY_MS = 60_000;

interface TokenClaims {
  /** The token's own id: what a logout revokes. */
  jti: string;
  sub: string;
  epoch: number;
  /** The key that the session was begun with: it does no more than that key, and ends with it. */
  kid?: string;
}

export const unauthenticated = (): DomainError =>
  new DomainError('unauthenticated', 'a valid API key or token is needed, as Authorization: Bearer or X-API-Key');

@Injectable()
export class AuthService {
  private readonly logger = new Logger('AuthService');

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly jwt: JwtService,
    private readonly attempts: Attempts,
  ) {}

  /**
   * @param address where the request comes from; without one a wrong credential is not counted
   * @throws DomainError 401; the answer never says which part was wrong. 429 after too many wrong ones
   */
  async authenticate(credential: string | undefined, address?: string): Promise<Principal> {
    if (!credential) throw unauthenticated();
    const principal = looksLikeJwt(credential)
      ? await this.byToken(credential, address)
      : await this.byKey(credential, address);
    if (!principal) throw unauthenticated();
    return principal;
  }

  /** Whether what was let in a while ago would be let in now; true while nobody can tell. */
  async isStillGood(credential: string | undefined): Promise<boolean> {
    try {
      await this.authenticate(credential);
      return true;
    } catch (error) {
      return !(isDomainError(error) && error.code === 'unauthenticated');
    }
  }

  /** @throws DomainError 401; 429 after too many of one address or user name, whether right or wrong: each costs a slow hash */
  async issueToken(username: string, password: string, address: string): Promise<{ token: string; user: UserEntity }> {
    const subjects: Subject[] = [
      { kind: 'login', value: `address ${address}` },
      { kind: 'login', value: `user ${username}` },
    ];
    this.attempts.refuseBlocked(subjects);
    await this.attempts.count(subjects);
    const user = await this.dataSource.manager.findOneBy(User, { username });
    const matches = await verifyPassword(user?.passwordHash, password);
    if (!user || !matches || user.disabled) {
      await this.audit(this.dataSource.manager, user?.id ?? null, 'login.refused', username);
      throw new DomainError('unauthenticated', 'username or password is wrong');
    }
    return { token: await this.sign(user), user };
  }

  /** @param keyId the key that the session was begun with */
  sign({ id, tokenEpoch }: UserEntity, keyId?: string | null): Promise<string> {
    const claims: TokenClaims = { jti: newId(), sub: id, epoch: tokenEpoch, ...(keyId ? { kid: keyId } : {}) };
    return this.jwt.signAsync(claims);
  }

  /**
   * Ends a token before its time, in every process at once: each request asks the database. Anything but a valid token is left alone, so
   * that logging out twice, or with an API key, is no error.
   */
  async revokeToken(token: string): Promise<void> {
    const claims = await this.verify(token);
    if (!claims) return;
    const { jti, sub: userId, exp } = claims;
    await this.transactions.run(async (em) => {
      await em.delete(RevokedTokenEntity, { expiresAt: LessThan(new Date()) });
      const row = em.create(RevokedTokenEntity, { jti, userId, expiresAt: new Date(exp * 1_000) });
      if (await insertNew(em, RevokedTokenEntity, row)) await this.audit(em, userId, 'token.revoked', jti);
    });
  }

  async audit(
    em: EntityManager,
    actorId: string | null,
    action: string,
    subject: string,
    facts?: object,
  ): Promise<void> {
    await addAudit(em, actorId, action, subject, facts);
  }

  private async byToken(token: string, address: string | undefined): Promise<Principal | undefined> {
    const claims = await this.verify(token);
    if (!claims) {
      // A token of ours that has expired is no guess.
      const ours = await this.jwt.verifyAsync<object>(token, { ignoreExpiration: true }).catch(() => undefined);
      if (!ours) await this.countWrong(subjectsOf(address));
      return undefined;
    }
    // One question by two primary keys, not kept from one request to the next: a logout holds from the moment it is answered.
    const user = await this.dataSource.manager
      .createQueryBuilder(User, 'user')
      .where('user.id = :id', { id: claims.sub })
      .andWhere('NOT EXISTS (SELECT 1 FROM ops.revoked_token revoked WHERE revoked.jti = :jti)', { jti: claims.jti })
      .getOne();
    if (!user || user.disabled || user.tokenEpoch !== claims.epoch) return undefined;
    const { id: userId, username, role } = user;
    const all = { userId, username, role, scopes: SCOPES_OF_ROLE[role] };
    if (claims.kid === undefined) return all;
    const rights = await rightsOfKey(this.dataSource, { id: claims.kid });
    if (rights === 'unknown' || rights === null) return undefined;
    const scopes = all.scopes.filter((scope) => hasScope(rights.scopes, scope));
    return { ...all, scopes, keyId: rights.id, keyExpiresAt: rights.expiresAt, keyDepth: rights.depth };
  }

  /** The claims of a token that is ours, not expired, and has an id. */
  private async verify(token: string): Promise<(TokenClaims & { exp: number }) | undefined> {
    const claims = await this.jwt.verifyAsync<TokenClaims & { exp: number }>(token).catch(() => undefined);
    return claims?.jti === undefined ? undefined : claims;
  }

  private async countWrong(subjects: readonly Subject[]): Promise<void> {
    if (subjects.length === 0) return;
    this.attempts.refuseBlocked(subjects);
    await this.attempts.count(subjects);
  }

  private async byKey(key: string, address: string | undefined): Promise<Principal | undefined> {
    const keyHash = hashApiKey(key);
    const subjects = subjectsOf(address, key);
    if (!this.attempts.isKnownGood(keyHash)) this.attempts.refuseBlocked(subjects);
    const rights = await rightsOfKey(this.dataSource, { hash: keyHash });
    if (rights === 'unknown') await this.countWrong(subjects);
    else this.attempts.remember(keyHash);
    if (rights === 'unknown' || rights === null) return undefined;
    this.touch(rights);
    const { id: keyId, userId, username, role, scopes, expiresAt: keyExpiresAt, depth: keyDepth } = rights;
    return { userId, username, role, scopes, keyId, keyExpiresAt, keyDepth };
  }

  private touch(row: KeyRights): void {
    const now = new Date();
    if (row.lastUsedAt && now.getTime() - row.lastUsedAt.getTime() < LAST_USED_EVERY_MS) return;
    this.dataSource.manager
      .update(ApiKeyEntity, { id: row.id }, { lastUsedAt: now })
      .catch((error: Error) => this.logger.debug(`last use of a key was not recorded: ${error.message}`));
  }
}

function subjectsOf(address: string | undefined, key?: string): Subject[] {
  if (address === undefined) return [];
  const subjects: Subject[] = [{ kind: 'address', value: address }];
  return key === undefined ? subjects : [...subjects, { kind: 'prefix', value: keyPrefix(key) }];
}
