import { Transactions } from '@assay/persistence';
import { addAudit, type Principal } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LiveStore } from '../records/live/live.store';

/** 19 MiB, two passes: the argon2id setting that OWASP names first. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MUST_KNOW = 'current_password must be the trade password that is set';

/** The password that confirms live trading. It is not the broker's, and it never leaves as anything but a hash. */
@Injectable()
export class TradePasswordService {
  constructor(
    private readonly tx: Transactions,
    private readonly store: LiveStore,
  ) {}

  async set(owner: Principal, password: string, current: string | undefined): Promise<void> {
    const passwordHash = await hash(password, ARGON2ID);
    await this.tx.run(async (em) => {
      const row = await this.store.lockPassword(em, owner.userId);
      if (row && !(current !== undefined && (await verify(row.passwordHash, current)))) {
        throw refuse('confirmation_failed', MUST_KNOW);
      }
      const next = { ownerId: owner.userId, passwordHash, updatedAt: new Date() };
      if (row) await this.store.setPassword(em, next);
      // Of two who set the first one, one did not know what is set now.
      else if (!(await this.store.addPassword(em, next))) throw refuse('confirmation_failed', MUST_KNOW);
      await addAudit(em, owner.userId, row ? 'live.password_changed' : 'live.password_set', owner.userId);
    });
  }

  /** False where no password is set or it is another one. */
  async matches(em: EntityManager, ownerId: string, password: string): Promise<boolean> {
    const row = await this.store.password(em, ownerId);
    return row !== null && verify(row.passwordHash, password);
  }
}
