import { isSignedBy, judgingCode, signed, type JudgedLedger } from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { KeptLedger } from '../records/strategies/gate-facts';
import { SigningKeys } from './signing-keys';

/** What ledgers said, kept beside the verdicts for the next judgement of the same: signed, since that rests on it. */
@Injectable()
export class JudgedLedgers {
  constructor(private readonly keys: SigningKeys) {}

  async keep(ledger: JudgedLedger): Promise<KeptLedger> {
    const key = await this.keys.current();
    const about = { kind: 'assay.judged_ledger', format_version: 1, code: judgingCode() } as const;
    return signed({ ...about, ledger, key_id: key.keyId }, key);
  }

  /** Undefined where nothing was kept, the code was another, or it is not as this installation has signed it. */
  async known(em: EntityManager, kept: KeptLedger | undefined): Promise<JudgedLedger | undefined> {
    if (kept?.statement.code !== judgingCode()) return undefined;
    const { statement, signature } = kept;
    const publicKey = await this.keys.publicKey(em, statement.key_id);
    return publicKey !== null && isSignedBy(statement, signature, publicKey) ? statement.ledger : undefined;
  }
}
