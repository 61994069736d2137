import { insertNew, Transactions, UserEntity } from '@assay/persistence';
import { DomainError, notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addAudit } from './audit.service';
import { hashPassword } from './credentials';
import type { Principal } from './principal';

export interface NewUser {
  username: string;
  password?: string;
  role: UserEntity['role'];
}

/** A user as administrators see it. */
export interface ListedUser extends Pick<UserEntity, 'id' | 'username' | 'role' | 'disabled' | 'createdAt'> {
  hasPassword: boolean;
  /** The newest use of one of its keys or doing of its own that the audit knows; null where neither is known. */
  lastSeenAt: Date | null;
}

const MOST_LISTED = 1_000;

// what proves who one is never leaves the database: of a password no more than that there is one
const LISTED = `
  SELECT u.id, u.username, u.role, u.disabled, u.created_at AS "createdAt", u.password_hash IS NOT NULL AS "hasPassword",
    greatest((SELECT max(k.last_used_at) FROM ops.api_key k WHERE k.user_id = u.id),
      (SELECT max(a.at) FROM ops.audit a WHERE a.actor_id = u.id AND a.action <> 'login.refused')) AS "lastSeenAt"
  FROM ops."user" u`;

/** Who there is, for administrators. */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Newest first. */
  async list({ limit = MOST_LISTED, cursor }: { limit?: number; cursor?: string }): Promise<{
    rows: ListedUser[];
    nextCursor: string | null;
  }> {
    const sql = `${LISTED} WHERE $2::uuid IS NULL OR u.id < $2::uuid ORDER BY u.id DESC LIMIT $1`;
    const found: ListedUser[] = await this.dataSource.query(sql, [limit + 1, cursor ?? null]);
    const rows = found.slice(0, limit);
    return { rows, nextCursor: found.length > limit ? rows.at(-1)!.id : null };
  }

  async create(input: NewUser, { userId }: Principal): Promise<UserEntity> {
    const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
    return this.transactions.run(async (em) => {
      const id = newId();
      const row = em.create(UserEntity, { id, username: input.username, role: input.role, passwordHash });
      if (!(await insertNew(em, UserEntity, row))) {
        throw new DomainError('already_exists', `user ${input.username} exists already`, { username: input.username });
      }
      await addAudit(em, userId, 'user.created', id, { name: input.username, role: input.role });
      return em.findOneByOrFail(UserEntity, { id });
    });
  }

  /**
   * A disabled user is let in by nothing, from the next request on: not by its password, its sessions or its keys, nor by keys that were
   * made with those.
   *
   * @throws DomainError 409 for oneself: there is always an administrator who can enable the others
   */
  async setDisabled(id: string, disabled: boolean, principal: Principal): Promise<ListedUser> {
    if (disabled && id === principal.userId) {
      throw new DomainError('conflict', `disabled must be set by another administrator, ${principal.username} asks`, {
        id,
      });
    }
    return this.transactions.run(async (em) => {
      const user = await em.findOne(UserEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!user) throw notFound('user', id);
      if (user.disabled !== disabled) {
        // sessions from before do not come back with the user
        await em.update(UserEntity, { id }, { disabled, tokenEpoch: user.tokenEpoch + 1 });
        await addAudit(em, principal.userId, disabled ? 'user.disabled' : 'user.enabled', id, { name: user.username });
      }
      const [row]: ListedUser[] = await em.query(`${LISTED} WHERE u.id = $1`, [id]);
      return row!;
    });
  }
}
