import type { ApiKeyEntity, UserRole } from '@assay/persistence';
import { invalid, invalidField } from '@assay/primitives';
import { ApiProperty } from '@nestjs/swagger';
import type { AuditRow } from './audit.service';
import { ArrayField, BooleanField, DateTimeField, IntegerField, StringField, UuidField } from '../dto';
import { ROLES, SCOPES } from './scopes';
import type { Scope } from './scopes';

export class TokenRequest {
  @StringField({ optional: true, min: 1, max: 100 }) username?: string;
  @StringField({ optional: true, min: 1, max: 1_000 }) password?: string;
  @StringField({ optional: true, min: 1, max: 100, description: 'in place of username and password: works once' })
  code?: string;
}

/** @throws DomainError 422 unless there is a code, or a username with its password */
export function wayIn({
  username,
  password,
  code,
}: TokenRequest): { code: string } | { username: string; password: string } {
  if (code !== undefined) {
    if (username === undefined && password === undefined) return { code };
    throw invalidField('code', 'alone', null, 'code must be given alone, was given with username or password');
  }
  if (username !== undefined && password !== undefined) return { username, password };
  const missing = Object.entries({ username, password }).filter(([, value]) => value === undefined);
  throw invalid(
    missing.map(([field]) => ({
      ...{ field, rule: 'required', value: null },
      message: `${field} must be given, or a sign-in code in its place`,
    })),
  );
}

export class SignInCodeRequest {
  @UuidField({ optional: true, description: 'administrators only: who signs in with it' }) user_id?: string;
}

export class SignInCodeResponse {
  @ApiProperty({ description: 'shown this once; works once' }) code: string;
  @ApiProperty({ format: 'date-time' }) expires_at: string;
}

export class TokenResponse {
  @ApiProperty() access_token: string;
  @ApiProperty({ enum: ['Bearer'] }) token_type: 'Bearer';
  @ApiProperty({ type: 'integer', description: 'seconds' }) expires_in: number;
}

export class CreateKeyRequest {
  @StringField({ min: 1, max: 100 }) name: string;
  @ArrayField('string', {
    optional: true,
    min: 1,
    max: SCOPES.length,
    description: `of ${SCOPES.join(', ')}; default: all you hold`,
  })
  scopes?: Scope[];
  @DateTimeField({
    optional: true,
    description: 'default: when the key that asks ends; never later',
  })
  expires_at?: string;
  @UuidField({ optional: true, description: 'administrators only: whose key it becomes' }) user_id?: string;
}

export class KeyResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    nullable: true,
    type: String,
    format: 'uuid',
    description: 'the key that made it and without which it ends',
  })
  parent_id: string | null;
  @ApiProperty() name: string;
  @ApiProperty() key_prefix: string;
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes: string[];
  @ApiProperty({ format: 'date-time' }) created_at: string;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) expires_at: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) revoked_at: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) last_used_at: string | null;
}

export class KeyListQuery {
  @IntegerField({ optional: true, min: 1, max: 1000, default: 1000, description: 'most items to answer' })
  limit?: number;
  @UuidField({ optional: true, description: '`next_cursor` of the page before' }) cursor?: string;
}

export class CreatedKeyResponse extends KeyResponse {
  @ApiProperty({ description: 'shown this once' }) key: string;
}

export class KeyListResponse {
  @ApiProperty({ type: [KeyResponse] }) items: KeyResponse[];
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) next_cursor: string | null;
}

export class UserResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() username: string;
  @ApiProperty({ enum: ROLES }) role: UserRole;
}

export class MeResponse extends UserResponse {
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes: string[];
}

export class AuditListQuery extends KeyListQuery {
  @BooleanField({ optional: true, description: 'administrators: own doing alone' }) mine?: boolean;
  @StringField({ optional: true, max: 100, description: 'what actions begin with, such as `key.` or `deployment.`' })
  action?: string;
}

export class AuditResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) actor_id: string | null;
  @ApiProperty({
    nullable: true,
    type: String,
    description: 'who did it; null for nobody who was known, and for what the service did by itself',
  })
  actor: string | null;
  @ApiProperty({ example: 'key.created' }) action: string;
  @ApiProperty({ nullable: true, type: String, description: 'what it was done to' }) subject: string | null;
  @ApiProperty({ nullable: true, type: 'object', additionalProperties: true }) facts: object | null;
}

export class AuditListResponse {
  @ApiProperty({ type: [AuditResponse] }) items: AuditResponse[];
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) next_cursor: string | null;
}

export const auditResponse = (row: AuditRow): AuditResponse => ({
  id: row.id,
  at: row.at.toISOString(),
  actor_id: row.actorId,
  actor: row.actor,
  action: row.action,
  subject: row.subject,
  facts: row.facts as object | null,
});

export const keyResponse = (row: ApiKeyEntity): KeyResponse => ({
  id: row.id,
  parent_id: row.parentId,
  name: row.name,
  key_prefix: row.keyPrefix,
  scopes: row.scopes,
  created_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt?.toISOString() ?? null,
  revoked_at: row.revokedAt?.toISOString() ?? null,
  last_used_at: row.lastUsedAt?.toISOString() ?? null,
});
