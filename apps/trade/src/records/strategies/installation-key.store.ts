import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The public parts of the keys of the installation. They are research's rows: they are only ever read here. */
@Injectable()
export class InstallationKeyStore {
  /** In PEM; null for a key that is not of this installation. Retired keys have theirs too. */
  async publicKey(em: EntityManager, keyId: string): Promise<string | null> {
    const rows = await em.query<{ public_key: string }[]>(
      'SELECT public_key FROM research.signing_key WHERE key_id = $1',
      [keyId],
    );
    return rows[0]?.public_key ?? null;
  }

  /** Since when promotions are signed; null where nothing ever was. */
  async signedSince(em: EntityManager): Promise<Date | null> {
    const rows = await em.query<{ since: Date | null }[]>('SELECT min(created_at) AS since FROM research.signing_key');
    return rows[0]?.since ?? null;
  }
}
