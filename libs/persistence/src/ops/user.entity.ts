import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

export type UserRole = 'admin' | 'trader' | 'importer' | 'viewer' | 'service';

@Entity({ schema: 'ops', name: 'user' })
@Unique('user_username_key', ['username'])
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  username: string;

  /** argon2id; null where the user may only come with an API key. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'text' })
  role: UserRole;

  @Column({ type: 'boolean', default: false })
  disabled: boolean;

  /** Rises when every token issued so far must stop working. */
  @Column({ name: 'token_epoch', type: 'integer', default: 0 })
  tokenEpoch: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
