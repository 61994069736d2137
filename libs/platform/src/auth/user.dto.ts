import type { UserRole } from '@assay/persistence';
import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, EnumField, StringField } from '../dto';
import { MeResponse } from './auth.dto';
import { ROLES, SCOPES_OF_ROLE } from './scopes';
import type { ListedUser } from './users.service';

export class CreateUserRequest {
  @StringField({ min: 1, max: 100, pattern: /^[A-Za-z0-9._@-]+$/ }) username: string;
  @StringField({ optional: true, min: 12, max: 1_000, description: 'without one the user comes with API keys only' })
  password?: string;
  @EnumField({ values: ROLES }) role: UserRole;
}

export class ChangeUserRequest {
  @BooleanField({ description: 'whether nothing lets the user in' }) disabled: boolean;
}

/** A user with the most that its role may do. */
export class ListedUserResponse extends MeResponse {
  @ApiProperty() disabled: boolean;
  @ApiProperty({ description: 'without one the user comes with API keys only' }) has_password: boolean;
  @ApiProperty({ format: 'date-time' }) created_at: string;
  @ApiProperty({
    ...{ nullable: true, type: String, format: 'date-time' },
    description: 'the newest use of one of its keys or doing of its own in the audit; null where neither is known',
  })
  last_seen_at: string | null;
}

export class UserListResponse {
  @ApiProperty({ type: [ListedUserResponse] }) items: ListedUserResponse[];
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) next_cursor: string | null;
}

export const userResponse = (user: ListedUser): ListedUserResponse => ({
  id: user.id,
  username: user.username,
  role: user.role,
  scopes: [...SCOPES_OF_ROLE[user.role]],
  disabled: user.disabled,
  has_password: user.hasPassword,
  created_at: user.createdAt.toISOString(),
  last_seen_at: user.lastSeenAt?.toISOString() ?? null,
});
