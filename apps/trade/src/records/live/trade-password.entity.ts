import { Column, Entity, PrimaryColumn } from 'typeorm';

/** argon2id hash; never a broker password. */
@Entity({ schema: 'trade', name: 'trade_password' })
export class TradePasswordEntity {
  @PrimaryColumn({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
