import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A public key that this installation signs or has signed with; one at a time is not retired. */
@Entity({ schema: 'research', name: 'signing_key' })
@Index('signing_key_current_key', ['algorithm'], { unique: true, where: 'retired_at IS NULL' })
export class SigningKeyEntity {
  /** SHA-256 of the public key in DER. */
  @PrimaryColumn('text', { name: 'key_id', primaryKeyConstraintName: 'signing_key_pkey' }) keyId: string;
  @Column('text') algorithm: 'Ed25519';
  /** PEM. */
  @Column('text', { name: 'public_key' }) publicKey: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt: Date | null;
}

/** The private part of the key that signs, sealed by the installation's secret; of a retired key it is gone. */
@Entity({ schema: 'research', name: 'signing_secret' })
export class SigningSecretEntity {
  @ForeignKey(() => SigningKeyEntity, 'keyId', { name: 'signing_secret_key_fkey' })
  @PrimaryColumn('text', { name: 'key_id', primaryKeyConstraintName: 'signing_secret_pkey' })
  keyId: string;
  @Column('bytea') sealed: Buffer;
}
