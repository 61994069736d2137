import { ArrayField, DateTimeField, EnumField, StringField } from '@assay/platform';
import type { SigningKeyEntity } from '../records/signing/signing-key.entity';

export class SigningKeyDto {
  @StringField({ description: 'SHA-256 of the public key in DER' }) key_id: string;
  @EnumField({ values: ['Ed25519'] }) algorithm: 'Ed25519';
  @StringField({ description: 'PEM' }) public_key: string;
  @DateTimeField() created_at: string;
  @DateTimeField({ nullable: true, description: 'null: it signs; else it only checks what it has signed' })
  retired_at: string | null;
}

export class SigningKeysDto {
  @ArrayField(() => SigningKeyDto, { description: 'newest first' }) items: SigningKeyDto[];
}

export const keyView = (key: SigningKeyEntity): SigningKeyDto => ({
  key_id: key.keyId,
  algorithm: key.algorithm,
  public_key: key.publicKey,
  created_at: key.createdAt.toISOString(),
  retired_at: key.retiredAt?.toISOString() ?? null,
});
