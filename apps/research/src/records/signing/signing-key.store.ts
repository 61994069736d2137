import { insertRow, updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { SigningKeyEntity, SigningSecretEntity } from './signing-key.entity';

/** Keys of the installation, those that sign no more too. */
@Injectable()
export class SigningKeyStore {
  /** Newest first. */
  list(em: EntityManager): Promise<SigningKeyEntity[]> {
    return em.find(SigningKeyEntity, { order: { createdAt: 'DESC' } });
  }

  find(em: EntityManager, keyId: string): Promise<SigningKeyEntity | null> {
    return em.findOneBy(SigningKeyEntity, { keyId });
  }

  /** Changes of who signs come one after the other, until the end of the transaction. */
  async lock(em: EntityManager): Promise<void> {
    await em.query(`SELECT pg_advisory_xact_lock(hashtext('assay.signing-key'))`);
  }

  /** The one that signs, with its sealed private part; null before the first, and where it is being replaced at this moment. */
  async current(em: EntityManager): Promise<{ key: SigningKeyEntity; sealed: Buffer } | null> {
    const key = await em.findOneBy(SigningKeyEntity, { retiredAt: IsNull() });
    if (!key) return null;
    const secret = await em.findOneBy(SigningSecretEntity, { keyId: key.keyId });
    return secret && { key, sealed: secret.sealed };
  }

  /** Under the lock, where no other key signs. */
  async add(em: EntityManager, key: SigningKeyEntity, sealed: Buffer): Promise<void> {
    await insertRow(em, SigningKeyEntity, key);
    await insertRow(em, SigningSecretEntity, { keyId: key.keyId, sealed });
  }

  /** Its private part is deleted with that; what it has signed can be checked as before. */
  async retire(em: EntityManager, keyId: string, at: Date): Promise<void> {
    await updateRows(em, SigningKeyEntity, { keyId, retiredAt: IsNull() }, { retiredAt: at });
    await em.delete(SigningSecretEntity, { keyId });
  }
}
