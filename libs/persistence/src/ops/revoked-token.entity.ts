import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A token that was logged out before it expired. The row is of no use, and goes, once the token has expired by itself. */
@Entity({ schema: 'ops', name: 'revoked_token' })
@Index('revoked_token_expires_at_idx', ['expiresAt'])
export class RevokedTokenEntity {
  /** The token's own id, its claim `jti`. */
  @PrimaryColumn({ type: 'uuid' })
  jti: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'revoked_at', type: 'timestamptz', default: () => 'now()' })
  revokedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
