import { Transactions } from '@assay/persistence';
import { newSigningKey, type SigningKeyPair } from '@assay/pipeline';
import { addAudit, CONFIG, Seal, type AppConfig, type Principal } from '@assay/platform';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SigningKeyEntity } from '../records/signing/signing-key.entity';
import { SigningKeyStore } from '../records/signing/signing-key.store';

const SEALED_FOR = 'signing key';

/** The Ed25519 keys of the installation. The first is made at its first start; its private part never leaves the database unsealed. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  private readonly log = new Logger(SigningKeys.name);
  private readonly seal: Seal;

  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly store: SigningKeyStore,
    @Inject(CONFIG) { secret }: AppConfig,
  ) {
    this.seal = new Seal(secret, SEALED_FOR);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.current();
  }

  /** Newest first. */
  list(): Promise<SigningKeyEntity[]> {
    return this.store.list(this.db.manager);
  }

  /** The public key in PEM; null for one that is not of this installation. */
  async publicKey(em: EntityManager, keyId: string): Promise<string | null> {
    return (await this.store.find(em, keyId))?.publicKey ?? null;
  }

  /** The key that signs, outside of any transaction. */
  async current(): Promise<SigningKeyPair> {
    return (await this.opened(this.db.manager)) ?? this.tx.run((em) => this.currentIn(em));
  }

  /** The key that signs. One that was sealed by another secret cannot be opened: a new one takes its place. */
  async currentIn(em: EntityManager): Promise<SigningKeyPair> {
    const before = await this.opened(em);
    if (before) return before;
    await this.store.lock(em);
    // another process may have made one meanwhile
    const stored = await this.opened(em);
    if (stored) return stored;
    const closed = await this.store.current(em);
    if (closed) {
      this.log.warn(`signing key ${closed.key.keyId} cannot be opened with this secret: a new one takes its place`);
      await this.store.retire(em, closed.key.keyId, new Date());
    }
    return this.add(em);
  }

  private async opened(em: EntityManager): Promise<SigningKeyPair | null> {
    const stored = await this.store.current(em);
    const privateKey = stored && this.seal.open(stored.sealed);
    if (!stored || privateKey === null) return null;
    const { keyId, publicKey } = stored.key;
    return { keyId, publicKey, privateKey };
  }

  /** From now on a new key signs; the old one is kept to check what it has signed. */
  rotate(actor: Principal): Promise<SigningKeyEntity> {
    return this.tx.run(async (em) => {
      await this.store.lock(em);
      const stored = await this.store.current(em);
      if (stored) await this.store.retire(em, stored.key.keyId, new Date());
      const { keyId } = await this.add(em);
      await addAudit(em, actor.userId, 'signing_key.rotated', keyId, { retired: stored?.key.keyId ?? null });
      return (await this.store.find(em, keyId))!;
    });
  }

  private async add(em: EntityManager): Promise<SigningKeyPair> {
    const made = newSigningKey();
    const { keyId, publicKey, privateKey } = made;
    await this.store.add(
      em,
      { keyId, algorithm: 'Ed25519', publicKey, createdAt: new Date(), retiredAt: null },
      this.seal.seal(privateKey),
    );
    this.log.log(`signing key ${keyId} made`);
    return made;
  }
}
